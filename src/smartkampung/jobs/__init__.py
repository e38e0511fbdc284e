"""Background work by name."""
