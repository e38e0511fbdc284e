"""Writes of offices: giving work to a colleague, handing a term over."""
