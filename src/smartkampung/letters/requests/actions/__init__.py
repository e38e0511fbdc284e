"""Writes of requests, letters, numbers and the rules of a village."""
