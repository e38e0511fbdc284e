"""Writes of announcements and broadcasts, one file a use."""
