"""Cases and zones."""
