"""Reads of comparison."""
