"""Writes about houses, by what somebody does."""
