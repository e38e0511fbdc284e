"""The JSON twin of the public journeys."""
