"""Book a place from afar, follow it by a code, confirm that it is really you."""
