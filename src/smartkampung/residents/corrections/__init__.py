"""Wishes to correct a record, kept until a second person decides."""
