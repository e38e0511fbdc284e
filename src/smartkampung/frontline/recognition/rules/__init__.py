"""Pure decisions about thanks, and about which village is named."""
