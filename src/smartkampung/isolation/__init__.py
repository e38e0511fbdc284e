"""Isolation houses: who may stay where, from when to when, and who looks after them."""
