"""Names of hospitals and laboratories: one that is written three ways is one."""

import re
import unicodedata

NO_LETTER = re.compile(r"[\W_]+")


def fold_place(name: str) -> str:
    """Return a key that no spelling of spaces, dots or capitals changes."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return NO_LETTER.sub(" ", plain).strip()
