"""Writes of field work, by topic."""
