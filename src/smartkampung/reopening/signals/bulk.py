"""Set-wise writes of daily reports; the actions decide what may be written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from smartkampung.reopening.signals.models import DayReport
from smartkampung.reopening.signals.rules.kinds import COLUMNS, Kind


@dataclass(frozen=True)
class Given:
    """The two numbers of a place on a day, as a file tells them."""

    place: str
    on: date
    first: int
    second: int
    source: str


@dataclass(frozen=True)
class Sorted:
    """Given reports: those that are new, those that change one, how many are same."""

    new: list[Given]
    changed: list[tuple[Given, DayReport]]
    same: int

    def mark(self) -> str:
        """Return what tells whether somebody wrote one of these days meanwhile."""
        text = f"{len(self.new)}:{[row.pk for _one, row in self.changed]}"
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def sort(kind: Kind, region: str, given: Sequence[Given]) -> Sorted:
    """Compare reports with those that stand."""
    rows = (
        DayReport.objects.filter(
            kind=kind, region=region, on__in={one.on for one in given}
        )
        .order_by("place", "on", "-version")
        .distinct("place", "on")
    )
    before = {(row.place, row.on): row for row in rows}
    new, changed = [], []
    for one in given:
        row = before.get((one.place, one.on))
        if row is None:
            new.append(one)
        elif numbers_of(row) != (one.first, one.second):
            changed.append((one, row))
    return Sorted(new, changed, len(given) - len(new) - len(changed))


def numbers_of(row: DayReport) -> tuple[int | None, int | None]:
    """Return the two numbers of a report; None when it was taken back."""
    first, second = (getattr(row, name) for name in COLUMNS[Kind(row.kind)])
    return first, second


def write(
    kind: Kind, region: str, found: Sorted, *, reason: str, by: str, at: datetime
) -> list[DayReport]:
    """Write what is new, and the next version of what changes."""
    pair = COLUMNS[kind]
    told = [(one, 1, "") for one in found.new]
    told += [(one, row.version + 1, reason) for one, row in found.changed]
    rows = [
        DayReport(
            kind=kind,
            region=region,
            place=one.place,
            on=one.on,
            version=version,
            source=one.source,
            reason=why,
            by=by,
            at=at,
            **dict(zip(pair, (one.first, one.second), strict=True)),
        )
        for one, version, why in told
    ]
    return DayReport.objects.bulk_create(rows, batch_size=2_000)
