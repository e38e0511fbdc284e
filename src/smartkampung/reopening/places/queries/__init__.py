"""Reads of places and events, by what is asked for."""
