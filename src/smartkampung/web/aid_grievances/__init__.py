"""Pages on which anybody tells a grievance, and officers handle it."""
