"""Reads of signing, by topic."""
