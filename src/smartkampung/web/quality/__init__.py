"""Pages on which staff see how true the registry is, and mend it."""
