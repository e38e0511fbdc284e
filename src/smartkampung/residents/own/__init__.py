"""Residents and what is recorded about them: sessions and consents of their own."""
