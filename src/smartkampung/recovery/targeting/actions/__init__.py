"""Writes of targeting: priorities and their versions, scenarios and their approval."""
