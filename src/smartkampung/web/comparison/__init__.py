"""Pilots beside matched villages."""
