"""Pages that say how isolation is run: limits, teams, and the protocol in force."""
