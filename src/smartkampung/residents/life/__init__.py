"""The record of what happened in people's lives."""
