"""Guidance: versions with dates."""
