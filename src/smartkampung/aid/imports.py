"""Lists of a programme's recipients, brought as the workbook that villages keep.

``residents`` runs the import; this is what it asks about aid. A row whose family a
red light forbids is rejected with the programme that stands in the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from smartkampung.aid.models import Enrolment, Programme
from smartkampung.aid.queries.conflicts import blocks_of_many
from smartkampung.aid.queries.enrolled import aid_of_families
from smartkampung.aid.rules.conflicts import Aid, RedLight
from smartkampung.kernel.sealed import keyring
from smartkampung.regions.codes import inside
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.findings import Change, Finding, Outcome
from smartkampung.residents.imports.handlers import HANDLERS
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.reading.records import (
    Defect,
    Fault,
    Format,
    RecipientDraft,
    Unusable,
)
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.imports.undoing import Undone, referenced
from smartkampung.residents.models import KK, NIK, Import

FAMILY_TARGET = "2"
SOURCE = "import"


# A family, and the person of it where the programme is for persons.
_Unit = tuple[int, int | None]


class _Row(NamedTuple):
    draft: RecipientDraft
    kk_index: bytes | None
    nik_index: bytes | None


@dataclass
class _Known:
    cards: dict[bytes, registry.KnownCard] = field(default_factory=dict)
    people: dict[bytes, registry.KnownPerson] = field(default_factory=dict)
    aid: dict[int, list[Aid]] = field(default_factory=dict)
    blocks: dict[_Unit, RedLight] = field(default_factory=dict)

    def found(
        self, row: _Row
    ) -> tuple[registry.KnownCard | None, registry.KnownPerson | None]:
        """Return the card and the person of a row, as far as they are registered."""
        return (
            self.cards.get(row.kk_index) if row.kk_index else None,
            self.people.get(row.nik_index) if row.nik_index else None,
        )

    def units(self, rows: Iterable[_Row], *, personal: bool) -> set[_Unit]:
        """Return whom rows would put on the list."""
        pairs = [self.found(row) for row in rows]
        return {
            (_family(card, person)[0], person.id if personal and person else None)
            for card, person in pairs
            if card or person
        }


class RecipientHandler:
    """Puts the people of a recipient list onto the list of our programme."""

    def __init__(self, task: Task, lock: bool) -> None:
        self._scope, self._lock, self._task = task.scope, lock, task
        self._keys = keyring()
        self._seen: dict[tuple[int, int | None], int] = {}
        self._programme: Programme | None = None
        self._since: date = task.today
        self._until: date | None = None
        self._added: list[list[Any]] = []

    def prepare(self, batches: Iterator[Batch]) -> Iterator[Any]:
        """Compute the keys of each batch, ahead."""
        for batch in batches:
            family = batch.head.programme["target"] == FAMILY_TARGET
            yield batch.head, [self._row(draft, family) for draft in batch.drafts]

    def _row(self, draft: RecipientDraft, family: bool) -> _Row:
        index = self._keys.index
        nik = draft.nik if family else draft.number
        return _Row(
            draft,
            index(draft.number, KK) if family else None,
            index(nik, NIK) if nik else None,
        )

    def judge(self, prepared: Any) -> list[Finding]:
        """Find the family of each row, and whether it may stand on the list."""
        head, rows = prepared
        programme = self._programme_of(head)
        known = self._look_up(rows, programme)
        return [self._judge(head, row, known, programme) for row in rows]

    def _programme_of(self, head: Head) -> Programme:
        if self._programme is None:
            said = self._task.options.get("programme") or head.programme.get("name", "")
            self._programme = find_programme(said)
            self._since, self._until = _period(head.programme, self._task.today)
        return self._programme

    def _look_up(self, rows: list[_Row], programme: Programme) -> _Known:
        known = _Known(
            registry.cards_by_kk(
                {row.kk_index for row in rows if row.kk_index}, lock=self._lock
            ),
            registry.people_by_nik(
                {row.nik_index for row in rows if row.nik_index}, lock=self._lock
            ),
        )
        families = {card.id for card in known.cards.values()}
        families |= {person.family_id for person in known.people.values()}
        since, until = self._since, self._until
        known.aid = aid_of_families(families, since=since, until=until)
        known.blocks = blocks_of_many(
            known.units(rows, personal=programme.unit == Programme.Unit.PERSON),
            programme=programme.code,
            since=since,
            until=until,
            on=self._task.today,
        )
        return known

    def _judge(
        self, head: Head, row: _Row, known: _Known, programme: Programme
    ) -> Finding:
        card, person = known.found(row)
        column = "number"
        if row.kk_index is not None and card is None:
            return _refused(head, row, column, Fault.NOT_REGISTERED)
        if card is None and person is None:
            return _refused(head, row, column, Fault.NOT_REGISTERED)
        by_person = programme.unit == Programme.Unit.PERSON
        if by_person and person is None:
            return _refused(head, row, column, Fault.NUMBERS_EMPTY)
        family, place = _family(card, person)
        if not inside(place, self._scope):
            return _refused(head, row, column, Fault.NOT_IN_AREA)
        if person is not None and person.status != "living":
            return _refused(head, row, column, Fault.LIVES_NOT_HERE)
        who = person.id if by_person and person is not None else None
        return self._weigh(head, row, (family, who), known, programme)

    def _weigh(
        self,
        head: Head,
        row: _Row,
        unit: tuple[int, int | None],
        known: _Known,
        programme: Programme,
    ) -> Finding:
        family, who = unit
        line = self._seen.setdefault(unit, row.draft.line)
        if line != row.draft.line:
            return _refused(head, row, "number", Fault.REPEATED_ROW, before=line)
        received = known.aid.get(family, [])
        if any(
            aid.programme == programme.code and aid.person_id == who for aid in received
        ):
            return Finding(row.draft.line, Outcome.UNCHANGED, row.draft, who)
        block = known.blocks.get(unit)
        if block is not None:
            other = block.aid.programme_name
            return _refused(head, row, "number", Fault.AID_BLOCKED, programme=other)
        change = Change("programme", "", programme.name)
        return Finding(
            row.draft.line, Outcome.NEW, row.draft, who, (change,), plan=unit
        )

    def write(self, findings: list[Finding]) -> None:
        """Put the new ones on the list."""
        new = [f.plan for f in findings if f.outcome is Outcome.NEW]
        rows = Enrolment.objects.bulk_create(
            Enrolment(
                programme=self._programme,
                family_id=family,
                person_id=person,
                since=self._since,
                until=self._until,
                source=self._task.options.get("source", SOURCE)[:60],
            )
            for family, person in new
        )
        self._added += [
            [row.pk, row.until.isoformat() if row.until else ""] for row in rows
        ]

    def settle(self) -> None:
        """Nothing ends with a batch."""

    def added(self) -> dict[str, list[Any]]:
        """Return the entries that were added, with their end."""
        return {"enrolments": self._added}


FACTORIES = {**HANDLERS, Format.RECIPIENTS: RecipientHandler}


def undo_recipients(imported: Import, undone: Undone) -> None:
    """Take an import's entries off the list again, unless they were used since."""
    added = dict(imported.added.get("enrolments", []))
    rows = Enrolment.objects.filter(pk__in=added).select_for_update(no_key=True)
    there = {row.pk: row for row in rows.order_by("pk")}
    same = {
        key
        for key, row in there.items()
        if row.last_paid_on is None
        and (row.until.isoformat() if row.until else "") == added[key]
    }
    needed = referenced(Enrolment, same)
    undone.keep(Enrolment, there.keys() - same, "changed_since")
    undone.keep(Enrolment, needed, "in_use")
    undone.removed += len(same - needed)
    Enrolment.objects.filter(pk__in=same - needed).delete()


def find_programme(said: str) -> Programme:
    """Return the programme of a code or a name; raise Unusable with the known ones."""
    words = _plain(said)
    programmes = list(Programme.objects.order_by("code"))
    for row in programmes:
        if words in (_plain(row.code), _plain(row.name), _plain(row.name_en)):
            return row
    known = [row.code for row in programmes]
    raise Unusable(Defect.PROGRAMME_UNKNOWN, programme=said or "-", known=known)


def _plain(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def _period(programme: dict[str, str], today: date) -> tuple[date, date | None]:
    """The workbook names the last day; our periods end on the day after."""
    since = programme.get("since")
    last = programme.get("until")
    begin = date.fromisoformat(since) if since else today
    end = date.fromisoformat(last) + timedelta(days=1) if last else None
    return begin, end if end is not None and end > begin else None


def _family(
    card: registry.KnownCard | None, person: registry.KnownPerson | None
) -> tuple[int, str]:
    if card is not None:
        return card.id, card.region_code
    if person is None:
        raise LookupError("neither card nor person")
    return person.family_id, person.region_code


def _refused(
    head: Head, row: _Row, column: str, fault: Fault, **details: Any
) -> Finding:
    issue = head.issue(row.draft.line, column, fault, **details)
    return Finding(row.draft.line, Outcome.REJECTED, row.draft, issue=issue)
