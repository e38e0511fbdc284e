"""Reads of arrival, by what is asked."""
