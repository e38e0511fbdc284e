"""Pure decisions about field work that arrives late."""
