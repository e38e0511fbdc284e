"""Compiles the gettext catalogues with Babel, so that no GNU gettext is needed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def sources() -> list[Path]:
    """Return every catalogue as people edit it."""
    return sorted(LOCALE.glob("*/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Write the compiled form of each catalogue that changed; return how many.

    Written beside and moved over, so that a server that reads meanwhile, or a second
    process that compiles the same, never meets half a file.
    """
    changed = 0
    for source in sources():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        beside = target.with_suffix(f".{os.getpid()}.mo")
        with beside.open("wb") as file:
            write_mo(file, catalogue)
        beside.replace(target)
        changed += 1
    return changed
