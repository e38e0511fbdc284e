"""Pilots: phases of villages."""
