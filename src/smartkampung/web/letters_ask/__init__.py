"""Pages where somebody asks for a letter, follows it and fetches it."""
