"""Cycles of aid, with a real PostgreSQL."""
