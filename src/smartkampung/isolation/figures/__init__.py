"""How many are in isolation where, since when, and how well they are looked after."""
