"""Hand-over points: several places and times on a day for one batch."""
