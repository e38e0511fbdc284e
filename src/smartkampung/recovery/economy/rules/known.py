"""Real figures of long periods, as their file tells them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

# Sources round their figures: only beyond this many points is a percentage another.
ROUNDING = Decimal(1)


class Period(StrEnum):
    """How long a figure is about; only alike are ever compared."""

    YEAR = "year"
    YEARS = "years"
    UNTIL = "until"  # from January on
    QUARTER = "quarter"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True)
class Known:
    """One line of the file. Neither target, value nor percent: looked for, not found."""

    topic: str
    item: str
    part: str
    period: Period
    since: date
    until: date
    target: Decimal | None
    value: Decimal | None
    stated_percent: Decimal | None
    source_url: str
    caveat: str
    caveat_en: str
    doubtful: bool


def read_known(lines: Iterable[str]) -> Iterator[Known]:
    """Yield the figures of a file; its first line names the columns."""
    for row in csv.DictReader(lines):
        yield Known(
            topic=row["topic"],
            item=row["item"],
            part=row["part"],
            period=Period(row["period"]),
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]),
            target=_number(row["target"]),
            value=_number(row["value"]),
            stated_percent=_number(row["percent"]),
            source_url=row["source"],
            caveat=row["caveat"],
            caveat_en=row["caveat_en"],
            doubtful=row["doubtful"] == "yes",
        )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def own_percent(target: Decimal | None, value: Decimal | None) -> Decimal | None:
    """Return what the figures of a source give as percent of the target."""
    if target is None or value is None or target <= 0:
        return None
    return 100 * value / target


def contradicts(
    stated: Decimal | None, target: Decimal | None, value: Decimal | None
) -> bool:
    """Say whether a source's own percentage does not fit its own figures."""
    own = own_percent(target, value)
    return stated is not None and own is not None and abs(stated - own) > ROUNDING
