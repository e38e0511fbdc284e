"""Set-wise writes of figures; the actions decide what may be written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.queries.figures import standing
from smartkampung.recovery.economy.rules.kinds import Measure


@dataclass(frozen=True)
class Given:
    """One figure that somebody gives; no value takes back what stands."""

    measure: Measure
    item: str
    month: date
    value: Decimal | None


@dataclass(frozen=True)
class Sorted:
    """Given figures: those that are new, those that change one, and how many are same."""

    new: list[Given]
    changed: list[tuple[Given, Figure]]
    same: int


def sort(given: Sequence[Given]) -> Sorted:
    """Compare figures with what stands."""
    rows = standing({one.measure for one in given}).filter(
        month__in={one.month for one in given}
    )
    before = {(row.measure, row.item, row.month): row for row in rows}
    new, changed = [], []
    for one in given:
        row = before.get((one.measure.value, one.item, one.month))
        if row is None and one.value is not None:
            new.append(one)
        elif row is not None and row.value != one.value:
            changed.append((one, row))
    return Sorted(new, changed, len(given) - len(new) - len(changed))


def write(
    found: Sorted, *, source: str, reason: str, synthetic: bool, by: str, at: datetime
) -> int:
    """Write what is new and the next version of what changes; return how many."""
    rows = [_row(one, 1, "") for one in found.new]
    rows += [_row(one, row.version + 1, reason) for one, row in found.changed]
    for row in rows:
        row.source, row.synthetic, row.by, row.at = source, synthetic, by, at
    return len(Figure.objects.bulk_create(rows, batch_size=2_000))


def _row(one: Given, version: int, reason: str) -> Figure:
    return Figure(
        measure=one.measure,
        item=one.item,
        month=one.month,
        version=version,
        value=one.value,
        reason=reason,
    )


def items_as_known(kind_items: Iterable[str], typed: str) -> str:
    """Return a name as it is written already, whatever the case of its letters."""
    folded = typed.casefold()
    return next((one for one in kind_items if one.casefold() == folded), typed)
