"""Writes about the days of somebody in isolation."""
