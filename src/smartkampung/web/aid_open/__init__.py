"""Public pages of aid in numbers, and how lists of recipients are switched on."""
