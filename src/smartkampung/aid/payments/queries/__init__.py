"""Payments and accounts, as far as an actor may see them."""
