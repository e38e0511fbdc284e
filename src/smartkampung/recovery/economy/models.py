"""Tables of the economy in numbers."""
