"""Facts, and rules over facts as versioned data, compiled to one SQL expression."""
