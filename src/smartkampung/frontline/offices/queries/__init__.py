"""Reads of offices: whose work was given to whom, and which terms can be handed over."""
