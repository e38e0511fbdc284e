"""What the state auditor looks for, asked of the tables as they are now."""
