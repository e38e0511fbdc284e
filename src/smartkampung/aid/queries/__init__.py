"""Reads of aid, by topic."""
