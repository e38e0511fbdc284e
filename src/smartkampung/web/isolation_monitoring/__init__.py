"""Pages on which people in isolation are looked after, and report how they are."""
