"""Reads of texts: who waits for help, and how many wrote."""
