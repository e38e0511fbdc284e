"""Pure decisions about texts that come in: what they ask, and what is answered."""
