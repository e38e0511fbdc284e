"""Public holidays: those that ship with the program, and lists that were loaded since."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "holidays.csv"
COLUMNS = ("on", "kind", "id", "en")
KINDS = frozenset({"national", "leave", "reckoned"})
# Days of every year, by law: month and day.
FIXED = ((1, 1), (5, 1), (6, 1), (8, 17), (12, 25))
FEWEST, MOST, LONGEST = 12, 40, 80
OCTOBER = 10  # by then the decree of the next year is out


@dataclass(frozen=True)
class Holiday:
    """A day on which offices are closed; ``reckoned`` while the moon may move it."""

    on: date
    kind: str
    id: str
    en: str

    def kept(self) -> dict[str, str]:
        """Return it as JSON keeps it."""
        return {**asdict(self), "on": self.on.isoformat()}


class HolidayFault(StrEnum):
    """What is wrong with a list of holidays."""

    COLUMNS = "columns"
    NOT_A_DAY = "not_a_day"
    ANOTHER_YEAR = "another_year"
    TWICE = "twice"
    KIND = "kind"
    NO_NAME = "no_name"
    FIXED_MISSING = "fixed_missing"
    HOW_MANY = "how_many"


class HolidayFaults(ValueError):
    """All that is wrong, each with the line or the day where it stands."""

    def __init__(self, found: list[tuple[HolidayFault, str]]) -> None:
        super().__init__(str(found))
        self.found = found


@lru_cache(maxsize=1)
def national() -> dict[date, Holiday]:
    """Return the holidays and joint leave of the whole country that ship, by day."""
    return {row.on: row for row in _rows(FILE.read_text(encoding="utf-8"))}


def year_missing(known: Collection[int], on: date) -> int | None:
    """Return the first year whose holidays should be known by now and are not."""
    wanted = (on.year, on.year + 1) if on.month >= OCTOBER else (on.year,)
    return next((year for year in wanted if year not in known), None)


def read_list(text: str, year: int) -> list[Holiday]:
    """Return the holidays of a year from a file; raise HolidayFaults with everything."""
    try:
        rows = _rows(text)
    except HolidayFaults:
        raise
    except (TypeError, KeyError, ValueError, csv.Error):
        raise HolidayFaults([(HolidayFault.COLUMNS, ",".join(COLUMNS))]) from None
    found = faults_of(rows, year)
    if found:
        raise HolidayFaults(found)
    return sorted(rows, key=lambda row: row.on)


def _rows(text: str) -> list[Holiday]:
    rows, faults = [], []
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        named = {name: (row[name] or "").strip() for name in COLUMNS}
        try:
            on = date.fromisoformat(named.pop("on"))
        except ValueError:
            faults.append((HolidayFault.NOT_A_DAY, str(number)))
        else:
            rows.append(Holiday(on, **named))
    if faults:
        raise HolidayFaults(faults)
    return rows


def faults_of(days: Collection[Holiday], year: int) -> list[tuple[HolidayFault, str]]:
    """Return what cannot be in the list of a year, so that a slip is noticed."""
    found = [one for row in days for one in _of_row(row, year)]
    on = [row.on for row in days]
    found += [(HolidayFault.TWICE, str(d)) for d in sorted(set(on)) if on.count(d) > 1]
    fixed = [date(year, month, number) for month, number in FIXED]
    found += [(HolidayFault.FIXED_MISSING, str(d)) for d in fixed if d not in on]
    if not FEWEST <= len(days) <= MOST:
        found.append((HolidayFault.HOW_MANY, str(len(days))))
    return found


def _of_row(row: Holiday, year: int) -> Iterable[tuple[HolidayFault, str]]:
    if row.on.year != year:
        yield HolidayFault.ANOTHER_YEAR, str(row.on)
    if row.kind not in KINDS:
        yield HolidayFault.KIND, str(row.on)
    if not all(0 < len(name) <= LONGEST for name in (row.id, row.en)):
        yield HolidayFault.NO_NAME, str(row.on)
