"""Pure decisions about priorities: scores, places, lots, estimates."""
