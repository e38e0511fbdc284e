"""Rows that carry their own two languages: programme names, questions."""

from django.utils.translation import get_language


def either(indonesian: str, english: str) -> str:
    """Return the text in the language of whoever is reading.

    Indonesian unless they read English and somebody wrote it in English.
    """
    reads_english = (get_language() or "id").startswith("en")
    return english if reads_english and english else indonesian
