"""Who comes first, why, and what a budget buys: rankings and scenarios."""
