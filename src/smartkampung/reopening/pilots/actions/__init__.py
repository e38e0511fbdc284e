"""The only writers of pilots."""
