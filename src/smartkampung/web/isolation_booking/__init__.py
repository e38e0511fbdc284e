"""Book a place to isolate, one question a screen, and follow it by a code."""
