"""Pure decisions about people who arrive and stay."""
