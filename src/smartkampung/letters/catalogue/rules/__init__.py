"""What a letter may say and ask, as pure decisions."""
