"""The desk of the front line."""
