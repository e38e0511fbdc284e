"""Names of hospitals and laboratories: one that is written three ways is one."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

NO_LETTER = re.compile(r"[\W_]+")


def fold_place(name: str) -> str:
    """Return a key that no spelling of spaces, dots or capitals changes."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return NO_LETTER.sub(" ", plain).strip()


def is_strange(name: str, known: Mapping[str, str]) -> bool:
    """Say whether a place is none of those that told before, by their folded names.

    The first of all is not asked about.
    """
    key = fold_place(name)
    return bool(key) and key not in known and any(known)


def meant(name: str, known: Mapping[str, str]) -> str:
    """Return the known place that a name is most like, or nothing."""
    near = get_close_matches(fold_place(name), filter(None, known), n=1)
    return known[near[0]] if near else ""
