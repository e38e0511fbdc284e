"""Reads of the day: the list of one's work, one's neighbourhood, one's village."""
