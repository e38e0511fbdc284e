"""Writes of aid, by topic."""
