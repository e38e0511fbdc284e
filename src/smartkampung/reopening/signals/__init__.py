"""Tests, beds, reproduction number and indicators, with what is missing."""
