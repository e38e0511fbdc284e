"""Isolation houses: kept by the village, inspected, open, and found."""
