"""Writes of cases and zones."""
