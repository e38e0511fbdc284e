"""Reads of announcements and broadcasts, by topic."""
