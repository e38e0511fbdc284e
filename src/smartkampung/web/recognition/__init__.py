"""Thanks, and the month of a front line."""
