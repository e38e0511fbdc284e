"""Pages of payments: batches, what failed, and accounts of people."""
