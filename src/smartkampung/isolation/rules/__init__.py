"""Pure decisions about houses, reservations and stays."""
