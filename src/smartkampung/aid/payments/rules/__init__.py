"""Pure decisions about payments, and the files that carry them."""
