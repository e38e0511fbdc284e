"""The only writers of signals, by topic."""
