"""Tables of recovery programmes."""
