"""Places and events under protocol."""
