"""Monthly figures as they stand, and what stood before them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.rules.kinds import MEASURES, Kind, Measure

Key = tuple[str, str]  # measure, item


@dataclass
class Line:
    """The months of one measure of one item; ``made_up`` are the synthetic ones."""

    values: dict[date, Decimal] = field(default_factory=dict)
    made_up: set[date] = field(default_factory=set)


@dataclass(frozen=True)
class Figures:
    """Everything that stands of a kind."""

    kind: Kind
    lines: dict[Key, Line]

    def line(self, measure: Measure, item: str) -> Line:
        """Return the months of one measure; empty when nothing was told."""
        return self.lines.get((measure.value, item), Line())

    def items(self) -> list[str]:
        """Return every item that has a figure, by name."""
        return sorted({item for _measure, item in self.lines})

    def months(self) -> list[date]:
        """Return every month that has a figure, the first first."""
        return sorted({month for line in self.lines.values() for month in line.values})

    def made_up(self, months: Collection[date], items: Collection[str] = ()) -> bool:
        """Say whether a figure of some months (of some items) was made up."""
        return any(
            not line.made_up.isdisjoint(months)
            for (_measure, item), line in self.lines.items()
            if not items or item in items
        )

    @property
    def synthetic(self) -> bool:
        """Say whether any of it was made up for a demonstration."""
        return any(line.made_up for line in self.lines.values())


def figures_for(actor: Actor, kind: Kind) -> Figures:
    """Return what stands of a kind; 404 outside the actor's regency."""
    must_see(actor)
    return figures_of(kind)


def figures_of(kind: Kind) -> Figures:
    """Return what stands of a kind, for pages that hold no reader's name."""
    lines: dict[Key, Line] = {}
    rows = standing(MEASURES[kind]).values_list(
        "measure", "item", "month", "value", "synthetic"
    )
    for measure, item, month, value, synthetic in rows:
        if value is None:
            continue
        line = lines.setdefault((measure, item), Line())
        line.values[month] = value
        if synthetic:
            line.made_up.add(month)
    return Figures(kind, lines)


def standing(measures: Iterable[Measure]) -> QuerySet[Figure]:
    """Return the highest version of each figure of some measures."""
    rows = Figure.objects.filter(measure__in=[one.value for one in measures])
    key = ("measure", "item", "month")
    return rows.order_by(*key, "-version").distinct(*key)


def versions_for(actor: Actor, kind: Kind, item: str, month: date) -> list[Figure]:
    """Return every version of the figures of an item and month, the latest first."""
    must_see(actor)
    measures = [one.value for one in MEASURES[kind]]
    rows = Figure.objects.filter(measure__in=measures, item=item, month=month)
    return list(rows.order_by("-at", "-version", "measure"))
