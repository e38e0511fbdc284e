"""Thanks that are seen, and measures that shame nobody."""
