"""Rules of signing letters."""
