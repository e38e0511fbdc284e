"""Pure decisions about pilots: states, gates, worsening, choice."""
