"""Asks the civil registry whether a person is who the record says: match or no match."""
