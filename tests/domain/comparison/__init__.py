"""Comparison: pilots beside matched villages."""
