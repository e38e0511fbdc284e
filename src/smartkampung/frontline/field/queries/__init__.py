"""Reads of field work, by what is asked."""
