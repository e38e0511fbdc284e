"""One wording of a kind of letter: what holds somewhere from some day on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from smartkampung.letters.catalogue.rules.fields import Field, fields_of
from smartkampung.letters.catalogue.rules.kinds import Kind
from smartkampung.letters.catalogue.rules.markup import Block, parse


@dataclass(frozen=True)
class Wording:
    """A kind as it is written for a place.

    ``version_id`` is its row, or None for what comes with the program (number 0).
    ``digest`` names the words: equal words, equal digest, whatever row holds them.
    """

    kind: Kind
    digest: str
    version_id: int | None = None
    scope: str = ""  # code of the regency, kecamatan or village; "" everywhere
    number: int = 0
    holds_from: date | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Return the fields that it may name."""
        return fields_of(self.kind.asked)

    @cached_property
    def _blocks(self) -> dict[str, tuple[Block, ...]]:
        return {
            lang: parse(self.kind.bodies[lang], self.fields)
            for lang in self.kind.languages
        }

    def language(self, lang: str) -> str:
        """Return the language in which it is written for whoever wants this one."""
        wanted = lang[:2]
        return wanted if wanted in self.kind.languages else "id"

    def blocks(self, lang: str) -> tuple[Block, ...]:
        """Return what it says in a language, in Indonesian where there is no other."""
        return self._blocks[self.language(lang)]


def digest(data: Mapping[str, Any]) -> str:
    """Return the name of some words, 32 hexadecimal digits."""
    content = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
