"""Pages where letters are checked, signed, numbered and found again."""
