"""Cycles on pages: plan, propose, verify, decide, approve, and afterwards."""
