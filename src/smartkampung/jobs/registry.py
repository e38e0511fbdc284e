"""Names of background jobs and the functions they call."""
