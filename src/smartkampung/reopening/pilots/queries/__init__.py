"""Reads of pilots."""
