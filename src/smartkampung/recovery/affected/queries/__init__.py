"""Reads of the affected registry."""
