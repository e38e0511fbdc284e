"""Writes of the affected registry, by step."""
