"""Files of villages into the registry: read, compare, apply as one change, undo."""
