"""Reads of thanks, of named villages, and of what one did in a month."""
