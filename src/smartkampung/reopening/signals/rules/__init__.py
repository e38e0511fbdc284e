"""Pure reckoning with signals: reproduction, rates, what is missing."""
