"""Writes of recovery programmes, by what happens."""
