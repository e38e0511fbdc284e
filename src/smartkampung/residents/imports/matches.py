"""A row beside the person it seems to be: what judging hands from step to step."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from smartkampung.residents.imports.cards import Card
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.residents.imports.ready import Ready
from smartkampung.residents.imports.registry import KnownCard, KnownPerson


@dataclass
class Known:
    """What the registry says about the people and cards of one batch."""

    by_nik: dict[bytes, KnownPerson] = field(default_factory=dict)
    claimants: dict[bytes, list[KnownPerson]] = field(default_factory=dict)
    namesakes: dict[Hashable, KnownPerson] = field(default_factory=dict)
    cards: dict[Hashable, KnownCard] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Match:
    """A row and the person it seems to be; why a human must look; its card."""

    ready: Ready
    known: KnownPerson | None = None
    review: str = ""
    issue: Issue | None = None
    card: Card | None = None

    @property
    def usable(self) -> bool:
        """Say whether the row can be taken as it stands."""
        return not self.review and self.issue is None
