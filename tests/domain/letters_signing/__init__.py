"""Signing of letters."""
