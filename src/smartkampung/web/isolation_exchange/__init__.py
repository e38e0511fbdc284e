"""Pages of the line to another health system."""
