"""Append-only double entry for rupiah and goods."""
