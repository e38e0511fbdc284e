"""Decisions about requests and letters; nothing here knows the database or the clock."""
