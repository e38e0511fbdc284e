"""Reads of recovery programmes; ``*_for(actor)`` is the only door of staff."""
