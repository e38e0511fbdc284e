"""Isolation houses: entered by the village, inspected by the Puskesmas, then open."""
