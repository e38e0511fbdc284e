"""Pages of recipients' cards."""
