"""Pages of the economy in numbers: what fell, what came back, and who says so."""
