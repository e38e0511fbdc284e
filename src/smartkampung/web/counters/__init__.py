"""Slots for public services."""
