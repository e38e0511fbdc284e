"""People hit by the crisis: they register, the village verifies, and follows them."""
