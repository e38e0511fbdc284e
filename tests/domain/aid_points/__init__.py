"""Hand-over points."""
