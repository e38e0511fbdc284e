"""Messages out to people."""
