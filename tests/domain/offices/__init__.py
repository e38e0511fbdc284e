"""Offices: who stands in, who follows, who was given what."""
