"""Writes of counters, by what happens."""
