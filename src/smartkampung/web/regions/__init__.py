"""Public pages about places: where they are, who heads them, whom to call."""
