"""Guidance: read, compare, write and confirm versions."""
