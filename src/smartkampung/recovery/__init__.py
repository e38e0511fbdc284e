"""Whom to help next: who was hit by the crisis, who comes first, and what came of it."""
