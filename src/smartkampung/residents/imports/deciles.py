"""Welfare lists: the decile of each family, by its card or by a NIK on it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from smartkampung.kernel.sealed import keyring
from smartkampung.regions.codes import inside
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.bulk import keep_deciles
from smartkampung.residents.imports.findings import Change, Finding, Outcome
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.models import FamilyDecile, ImportReview
from smartkampung.residents.imports.reading.records import DecileDraft, Fault
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.models import KK, NIK

SOURCE = "DTSEN"
LONGEST_SOURCE = 60


class _Row(NamedTuple):
    draft: DecileDraft
    kk_index: bytes | None
    nik_index: bytes | None


class _Known(NamedTuple):
    cards: dict[bytes, registry.KnownCard]
    people: dict[bytes, registry.KnownPerson]
    deciles: dict[int, tuple[int, str, date]]


class DecileHandler:
    """Writes deciles onto families, with the list they stand on and its date."""

    def __init__(self, task: Task, lock: bool) -> None:
        self._scope, self._lock = task.scope, lock
        self._source = task.options.get("source", SOURCE)[:LONGEST_SOURCE]
        as_of = task.options.get("as_of", "")
        self._on = date.fromisoformat(as_of) if as_of else task.today
        self._dated = bool(as_of)
        self._keys = keyring()
        self._told: dict[int, int] = {}

    def prepare(self, batches: Iterator[Batch]) -> Iterator[Any]:
        """Compute the keys of each batch, ahead."""
        index = self._keys.index
        for batch in batches:
            yield (
                batch.head,
                [
                    _Row(
                        draft,
                        index(draft.kk, KK) if draft.kk else None,
                        index(draft.nik, NIK) if draft.nik else None,
                    )
                    for draft in batch.drafts
                ],
            )

    def judge(self, prepared: Any) -> list[Finding]:
        """Find the family of each row, and what its decile would become."""
        head, rows = prepared
        known = self._look_up(rows)
        return [self._judge(head, row, known) for row in rows]

    def _look_up(self, rows: Iterable[_Row]) -> _Known:
        cards = registry.cards_by_kk(
            {row.kk_index for row in rows if row.kk_index}, lock=self._lock
        )
        people = registry.people_by_nik(
            {row.nik_index for row in rows if row.nik_index}, lock=False
        )
        families = {card.id for card in cards.values()}
        families |= {person.family_id for person in people.values()}
        deciles = FamilyDecile.objects.filter(family_id__in=families)
        values = deciles.values_list("family_id", "decile", "source", "on")
        return _Known(cards, people, {row[0]: row[1:] for row in values})

    def _judge(self, head: Head, row: _Row, known: _Known) -> Finding:
        draft = row.draft
        card = known.cards.get(row.kk_index) if row.kk_index else None
        person = known.people.get(row.nik_index) if row.nik_index else None
        if card is not None and person is not None and person.family_id != card.id:
            kind = ImportReview.Kind.NUMBERS_DISAGREE
            return Finding(
                draft.line, Outcome.REVIEW, draft, person_id=person.id, review=kind
            )
        family, place = _family(card, person)
        column = "no_kk" if draft.kk else "nik"
        if family is None:
            issue = head.issue(draft.line, column, Fault.NOT_REGISTERED)
            return Finding(draft.line, Outcome.REJECTED, draft, issue=issue)
        if not inside(place, self._scope):
            issue = head.issue(draft.line, column, Fault.NOT_IN_AREA)
            return Finding(draft.line, Outcome.REJECTED, draft, issue=issue)
        return self._compare(head, row, family, known.deciles.get(family))

    def _compare(
        self,
        head: Head,
        row: _Row,
        family: int,
        before: tuple[int, str, date] | None,
    ) -> Finding:
        """A family stands on a list once for each member: the first row counts."""
        draft = row.draft
        if self._told.setdefault(family, draft.decile) != draft.decile:
            return Finding(
                draft.line,
                Outcome.REVIEW,
                draft,
                review=ImportReview.Kind.NUMBERS_DISAGREE,
            )
        after = (draft.decile, self._source, self._on)
        # A list without a date would look new every day: then the decile alone counts.
        compared = 3 if self._dated else 1
        if before is not None and before[:compared] == after[:compared]:
            return Finding(draft.line, Outcome.UNCHANGED, draft)
        change = Change("decile", _words(before), _words(after))
        outcome = Outcome.NEW if before is None else Outcome.CHANGED
        return Finding(
            draft.line, outcome, draft, changes=(change,), plan=(family, *after)
        )

    def write(self, findings: list[Finding]) -> None:
        """Write the deciles of the batch, one for each family."""
        rows = {f.plan[0]: f.plan for f in findings if f.plan is not None}
        keep_deciles(list(rows.values()))

    def settle(self) -> None:
        """Nothing ends with a batch."""

    def added(self) -> dict[str, list[Any]]:
        """Everything stands in the history."""
        return {}


def _words(value: tuple[int, str, date] | None) -> str:
    return "" if value is None else f"{value[0]} ({value[1]}, {value[2].isoformat()})"


def _family(
    card: registry.KnownCard | None, person: registry.KnownPerson | None
) -> tuple[int | None, str]:
    if card is not None:
        return card.id, card.region_code
    if person is not None:
        return person.family_id, person.region_code
    return None, ""
