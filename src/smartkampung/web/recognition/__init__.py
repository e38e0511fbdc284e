"""Pages of thanks, of the village of a week, and of one's own month."""
