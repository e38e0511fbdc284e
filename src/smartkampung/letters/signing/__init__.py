"""Certificates, signatures, time stamps, and the proof that a paper carries."""
