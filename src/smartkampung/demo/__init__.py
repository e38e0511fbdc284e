"""Synthetic people and a living demonstration."""
