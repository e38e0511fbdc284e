"""Pages for bringing village files in: upload, look, apply, undo, decide."""
