"""Pages on which staff compare two records, merge them, and part them again."""
