"""Family cards of an import: which exist, which are new, who speaks for them.

The head's row speaks for the card (where it is, address, phone); a new card takes
its first row's word until the head comes. The first head in the file has the last
word, so that reading the same file again finds nothing to change.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from smartkampung.residents.imports.comparing import text_change
from smartkampung.residents.imports.findings import Change
from smartkampung.residents.imports.reading.records import PersonDraft
from smartkampung.residents.imports.registry import KnownCard

HEAD = 1


@dataclass(slots=True, eq=False)
class Card:
    """A family card while its batch is judged and written."""

    id: int | None
    region_code: str
    kk: str = ""
    temporary_id: str = ""
    address: str = ""
    dusun: str = ""
    phone: str = ""
    phone_index: bytes | None = None
    new: bool = False  # to be stored with this batch
    ours: bool = False  # added by this import, now or earlier
    spoken: bool = False
    changed: bool = False
    renewed: bool = False  # the card was issued anew under another number
    changes: list[Change] = field(default_factory=list)


class Seen(NamedTuple):
    """What later batches must remember of a card."""

    id: int | None
    region_code: str
    spoken: bool
    ours: bool


def of_known(known: KnownCard, *, spoken: bool = False, ours: bool = False) -> Card:
    """Return the card that the registry has."""
    return Card(
        known.id,
        known.region_code,
        temporary_id=known.temporary_id,
        address=known.address,
        dusun=known.dusun,
        phone_index=bytes(known.phone_index) if known.phone_index else None,
        spoken=spoken,
        ours=ours,
    )


def speak(
    card: Card, draft: PersonDraft, *, region: str, phone_index: bytes | None
) -> None:
    """Let a row say where its card is; only heads change a card that exists."""
    head = draft.relation == HEAD
    if card.spoken or not (head or card.new):
        return
    first = card.new and not card.address and not card.dusun and not card.phone
    if head or first:
        _say(card, draft, region, phone_index)
    card.spoken = head


def _say(
    card: Card, draft: PersonDraft, region: str, phone_index: bytes | None
) -> None:
    if not card.ours:
        card.changes = _differences(card, draft, region, phone_index)
    card.changed = card.changed or card.ours or bool(card.changes)
    card.region_code = region or card.region_code
    card.address = draft.address or card.address
    card.dusun = draft.dusun or card.dusun
    if draft.phone:
        card.phone, card.phone_index = draft.phone, phone_index


def _differences(
    card: Card, draft: PersonDraft, region: str, phone_index: bytes | None
) -> list[Change]:
    found = [
        text_change("address", card.address, draft.address),
        text_change("dusun", card.dusun, draft.dusun),
    ]
    if region and region != card.region_code:
        found.append(Change("card_region", card.region_code, region))
    if phone_index is not None and phone_index != card.phone_index:
        found.append(Change("phone", "", draft.phone))
    return [*card.changes, *(change for change in found if change)]


class CardMemory:
    """The cards met in earlier batches, in little room: a line each."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, Seen] = {}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._seen

    def recall(self, key: Hashable, known: KnownCard | None) -> Card | None:
        """Return a card from an earlier batch, with what the registry says of it."""
        seen = self._seen.get(key)
        if seen is None:
            return None
        if known is not None:
            return of_known(known, spoken=seen.spoken, ours=seen.ours)
        return Card(seen.id, seen.region_code, spoken=seen.spoken, ours=seen.ours)

    def keep(self, cards: Iterable[tuple[Hashable, Card]]) -> None:
        """Remember the cards of a batch once it is written."""
        for key, card in cards:
            self._seen[key] = Seen(card.id, card.region_code, card.spoken, card.ours)
