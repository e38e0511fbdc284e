"""Pure decisions about the days of somebody in isolation."""
