"""Pure decisions of counters."""
