"""Pure decisions of the affected registry."""
