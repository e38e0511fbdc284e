"""Signals: what is told of days, weeks and colours."""
