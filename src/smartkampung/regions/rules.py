"""What a Kemendagri code says by its own shape."""

import re

# How many digits stand between the dots, from the province down to the RT.
DIGITS = (2, 2, 2, 4, 3, 3)
SHAPES = tuple(
    re.compile(r"\.".join(f"[0-9]{{{digits}}}" for digits in DIGITS[:depth]))
    for depth in range(1, len(DIGITS) + 1)
)
KINDS = ("province", "regency", "kecamatan", "village", "rw", "rt")
# The first digit of a village's own number; 3 is a desa adat (Papua).
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa"}


class NotACode(ValueError):
    """A text that cannot be a region code; the message names it."""


def kind_of(code: str) -> str:
    """Return the kind of region that a code stands for; raise ``NotACode``."""
    depth = code.count(".")
    if depth >= len(DIGITS) or not SHAPES[depth].fullmatch(code):
        raise NotACode(f"{code!r} is not a region code like 35.10.09.2003")
    if KINDS[depth] != "village":
        return KINDS[depth]
    kind = VILLAGE_KINDS.get(code.rsplit(".", 1)[1][0])
    if kind is None:
        raise NotACode(f"{code!r}: a village number begins with 1, 2 or 3")
    return kind


def parent_of(code: str) -> str | None:
    """Return the code of the enclosing region; a province has none."""
    return code.rpartition(".")[0] or None


def dotted(code: str) -> str:
    """Return the code with its dots, whether it came with or without them."""
    digits = code.strip().replace(".", "")
    parts, start = [], 0
    for width in DIGITS:
        if start >= len(digits):
            break
        parts.append(digits[start : start + width])
        start += width
    if start < len(digits):
        parts.append(digits[start:])
    return ".".join(parts)
