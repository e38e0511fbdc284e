"""Writes of arrival, by what somebody does."""
