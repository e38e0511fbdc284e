"""Rows that carry their own two languages: programme names, questions."""

from django.utils.translation import get_language


def either(indonesian: str, english: str) -> str:
    """Return the text in the language of whoever is reading; Indonesian unless English."""
    return english if (get_language() or "id").startswith("en") else indonesian
