"""Addresses for machines: is it alive, is it ready, what does it measure."""
