"""Writes of places and events, by what happens."""
