"""Pilots, phases, gates and the way back."""
