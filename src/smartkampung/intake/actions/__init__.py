"""Writes of intake, by what comes in."""
