"""Pages where anybody proves a letter, and reads which letters there are."""
