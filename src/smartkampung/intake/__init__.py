"""Tracking codes, timelines, idempotency keys, one-time codes and uploads."""
