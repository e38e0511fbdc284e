"""Reads what arrives outside a form's own fields, where anything may stand."""

LONGEST = 18  # digits that any bigint column holds


def row_id(text: str) -> int | None:
    """Return the number that names a row or a page, or None for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
