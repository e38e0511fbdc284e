"""Pages of recovery programmes: for the public, by code, and for staff."""
