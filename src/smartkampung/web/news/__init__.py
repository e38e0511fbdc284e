"""Announcements and messages to residents."""
