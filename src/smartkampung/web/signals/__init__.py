"""Signals and indicators."""
