"""Whoever stands between the regency and its people: their day, their news, their phone."""
