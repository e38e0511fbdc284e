"""Pure decisions about places and events: points, states, who may do what."""
