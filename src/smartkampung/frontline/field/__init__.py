"""Field work that was done without a network, and how it arrives."""
