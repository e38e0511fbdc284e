"""Public services under protocol: a slot for everybody, never overbooked."""
