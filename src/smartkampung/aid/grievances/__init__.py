"""Grievances without sign-in: told by anybody, handled by somebody else, answered."""
