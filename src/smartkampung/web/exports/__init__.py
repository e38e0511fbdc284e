"""Pages for taking people's data out: ask, allow, fetch."""
