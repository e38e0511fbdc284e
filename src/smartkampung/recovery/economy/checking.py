"""Reads the rows of a file of figures: what can be written, and which cells are wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from smartkampung.recovery.economy.bulk import Given, items_as_known
from smartkampung.recovery.economy.queries.figures import figures_of
from smartkampung.recovery.economy.queries.people import sector_named, sectors
from smartkampung.recovery.economy.rules.kinds import (
    COUNTS,
    LONGEST_ITEM,
    MEASURES,
    NEVER_NEGATIVE,
    Kind,
    Measure,
)
from smartkampung.recovery.economy.rules.reading import (
    Fault,
    Unread,
    amount,
    fits,
    month,
    percentage,
    revenue_type,
)
from smartkampung.residents.imports.hiding import hidden
from smartkampung.residents.imports.reading.columns import letters
from smartkampung.residents.imports.reading.records import FigureDraft, Issue
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.rules.numbers import holds_number

Told = TypeVar("Told")
Faults = list[tuple[str, Fault]]


@dataclass
class Checker:
    """Looks at a file batch by batch."""

    kind: Kind
    today: date
    given: list[Given] = field(default_factory=list)
    problems: list[Issue] = field(default_factory=list)
    remarks: list[Issue] = field(default_factory=list)
    faulty: int = 0
    rows: int = 0

    def __post_init__(self) -> None:
        self._seen: set[tuple[Measure, str, date]] = set()
        self._sectors = sectors() if self.kind is Kind.BUSINESSES else {}
        self._named: dict[str, str] = {}
        self._sites = figures_of(self.kind).items() if self.kind is Kind.VISITS else []

    def look_at(self, batch: Batch) -> None:
        """Check some rows."""
        self.rows += len(batch.drafts) + len(batch.rejected)
        for rejected in batch.rejected:
            self.problems += [hidden(issue) for issue in rejected.issues]
            self.faulty += 1
        for draft in batch.drafts:
            self._row(batch.head, draft)

    def _row(self, head: Head, draft: FigureDraft) -> None:
        faults: Faults = []
        when = _attempt(faults, "month", lambda: self._month(draft))
        item = _attempt(faults, "item", lambda: self._item(draft))
        told = _values(self.kind, draft, faults)
        if not faults and not told:
            faults.append((MEASURES[self.kind][1], Fault.NOTHING_TOLD))
        if not faults and when is not None and item is not None:
            self._take([Given(one, item, when, told[one]) for one in told], faults)
        if faults:
            self.faulty += 1
            self.problems += [_issue(head, draft, *fault) for fault in faults]
        elif _percent_differs(draft, told):
            self.remarks.append(_issue(head, draft, "percent", Fault.PERCENT))

    def _take(self, given: list[Given], faults: Faults) -> None:
        keys = {(one.measure, one.item, one.month) for one in given}
        twice = sorted(measure for measure, *_rest in keys & self._seen)
        if twice:
            faults.append((twice[0], Fault.TWICE))
            return
        self._seen |= keys
        self.given += given

    def _month(self, draft: FigureDraft) -> date:
        cells = draft.cells
        return month(cells.get("month"), cells.get("year"), today=self.today)

    def _item(self, draft: FigureDraft) -> str:
        name = str(draft.cells.get("item", "")).strip()
        if self.kind is Kind.REVENUE:
            return revenue_type(name, draft.cells.get("account"))
        if self.kind is Kind.VISITS:
            return self._site(name)
        if name not in self._named:
            self._named[name] = sector_named(name, self._sectors)
        if not self._named[name]:
            raise Unread(Fault.SECTOR)
        return self._named[name]

    def _site(self, name: str) -> str:
        if not name or len(name) > LONGEST_ITEM:
            raise Unread(Fault.SITE)
        if holds_number(name):
            raise Unread(Fault.CARD_NUMBER)
        site = items_as_known(self._sites, name)
        if site not in self._sites:
            self._sites.append(site)
        return site


def _attempt(faults: Faults, name: str, read: Callable[[], Told]) -> Told | None:
    try:
        return read()
    except Unread as unread:
        faults.append((name, unread.fault))
        return None


def _values(kind: Kind, draft: FigureDraft, faults: Faults) -> dict[Measure, Decimal]:
    """Return the figures of a row; an empty cell is none."""
    found = {}
    for measure in MEASURES[kind]:
        cell = draft.cells.get(measure.value)
        try:
            value = possible(measure, amount(cell))
        except Unread as unread:
            faults.append((measure.value, unread.fault))
            continue
        if value is not None:
            found[measure] = value
    return found


def possible(measure: Measure, value: Decimal | None) -> Decimal | None:
    """Return a value that a measure can have; raise Unread for another."""
    if value is None:
        return None
    if value < 0 and measure in NEVER_NEGATIVE:
        raise Unread(Fault.NEGATIVE)
    if measure in COUNTS and value != value.to_integral_value():
        raise Unread(Fault.NOT_WHOLE)
    return value


def _percent_differs(draft: FigureDraft, told: dict[Measure, Decimal]) -> bool:
    said = percentage(draft.cells.get("percent"))
    if said is None or Measure.TARGET not in told or Measure.REALISED not in told:
        return False
    return not fits(said, realised=told[Measure.REALISED], target=told[Measure.TARGET])


def _issue(head: Head, draft: FigureDraft, column: str, fault: Fault) -> Issue:
    place = head.places[column]
    value = str(draft.cells.get(column, ""))
    cell = f"{letters(place)}{draft.line}"
    return hidden(Issue(head.titles[place], cell, value, fault.value, {}))
