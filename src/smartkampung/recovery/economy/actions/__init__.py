"""The only writers of the economy, by topic."""
