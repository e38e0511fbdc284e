"""Pure reckoning of comparison: matching, balance, difference with its interval."""
