"""Writes of grievances, by topic."""
