"""What a house needs to open. Pure."""
