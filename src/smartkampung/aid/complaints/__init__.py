"""Complaints without a name: somebody took a share of aid."""
