"""The kinds of letters that come with the program, each in a file of ``data/``."""

import tomllib
from functools import lru_cache
from pathlib import Path

from smartkampung.letters.catalogue.rules.reading import data_of, read_kind
from smartkampung.letters.catalogue.rules.wording import Wording, digest

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def shipped() -> dict[str, Wording]:
    """Return the shipped wordings by code, in the order of their titles."""
    kinds = [read_kind(tomllib.loads(path.read_text())) for path in DATA.glob("*.toml")]
    return {
        kind.code: Wording(kind, digest(data_of(kind)))
        for kind in sorted(kinds, key=lambda kind: kind.title.id)
    }
