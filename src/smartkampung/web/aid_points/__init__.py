"""Pages of hand-over points."""
