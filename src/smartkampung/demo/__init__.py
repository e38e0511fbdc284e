"""A regency to play with: made-up people on real regions. Never used in production."""
