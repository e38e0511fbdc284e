"""Pages with the figures of isolation, for those who answer for a place."""
