"""Tables of counters."""
