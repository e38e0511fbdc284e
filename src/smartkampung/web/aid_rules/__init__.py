"""Pages where Dinsos reads, tries, writes and applies the rules of programmes."""
