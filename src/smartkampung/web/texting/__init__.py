"""Pages for those who call back people that asked by text, and the demo's phone."""
