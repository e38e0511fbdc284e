"""Reads of what is told to another system."""
