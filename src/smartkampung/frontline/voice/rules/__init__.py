"""Decisions about announcements and broadcasts. Pure."""
