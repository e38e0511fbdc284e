"""The writers of signing, one file per topic."""
