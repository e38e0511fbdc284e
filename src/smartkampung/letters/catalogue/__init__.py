"""Which letters there are, what each says, and what it asks."""
