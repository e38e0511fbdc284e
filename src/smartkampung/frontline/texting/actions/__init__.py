"""Take texts in, and close what somebody asked for."""
