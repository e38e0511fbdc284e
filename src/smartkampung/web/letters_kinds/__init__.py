"""Pages where wordings of letters are written, tried out and confirmed."""
