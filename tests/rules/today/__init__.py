"""The order of a day."""
