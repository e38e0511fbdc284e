"""Reads of isolation, by who asks."""
