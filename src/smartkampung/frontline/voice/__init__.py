"""Announcements to staff and messages to residents."""
