"""Pure decisions of reopening."""
