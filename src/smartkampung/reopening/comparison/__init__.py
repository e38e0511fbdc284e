"""Pilots beside matched villages that are none."""
