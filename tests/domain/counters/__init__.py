"""Counters: slots, bookings, and the day at the counter."""
