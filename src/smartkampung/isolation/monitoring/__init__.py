"""Fourteen days of looking after: checks, alerts, the exit and its letter."""
