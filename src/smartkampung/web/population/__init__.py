"""How many people live where, on a day and through a month."""
