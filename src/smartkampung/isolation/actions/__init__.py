"""Writes of isolation, by what somebody does."""
