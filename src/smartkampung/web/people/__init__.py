"""Pages on which staff find people, see records, and decide contested NIKs."""
