"""Pure decisions about guidance: colours, phases, what may open."""
