"""Pages on which staff check, decide and hand over aid."""
