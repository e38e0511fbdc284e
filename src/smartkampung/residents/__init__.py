"""People and family cards."""
