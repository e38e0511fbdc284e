"""The app for field work without a network."""
