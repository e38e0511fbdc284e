"""Reads about priorities, rankings and scenarios."""
