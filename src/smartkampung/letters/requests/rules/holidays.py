"""Public holidays, from the file that ships with the program."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "holidays.csv"


@dataclass(frozen=True)
class Holiday:
    """A day on which offices are closed; ``reckoned`` when no decree says so yet."""

    on: date
    kind: str
    id: str
    en: str


@lru_cache(maxsize=1)
def national() -> dict[date, Holiday]:
    """Return the holidays and joint leave of the whole country, by day."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Holiday(date.fromisoformat(row.pop("on")), **row)
            for row in csv.DictReader(file)
        ]
    return {row.on: row for row in rows}
