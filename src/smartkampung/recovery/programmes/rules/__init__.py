"""Pure decisions about recovery programmes."""
