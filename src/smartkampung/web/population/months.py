"""Months, as the address names them: ``2026-10``."""

from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST_YEAR = 1990


@dataclass(frozen=True)
class Month:
    """One month of a year."""

    year: int
    number: int

    @classmethod
    def asked(cls, text: str, *, today: date) -> "Month":
        """Return the month that a text names; this month for none, or one to come."""
        now = cls(today.year, today.month)
        try:
            day = date.fromisoformat(f"{text}-01")
        except ValueError:
            return now
        month = cls(day.year, day.month)
        return month if day.year >= EARLIEST_YEAR and day <= today else now

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.year, self.number, 1)

    @property
    def eve(self) -> date:
        """Return the day before the first."""
        return self.first - timedelta(days=1)

    def last(self, today: date) -> date:
        """Return the last day of the month that has begun."""
        return min(self.after.eve, today)

    @property
    def before(self) -> "Month":
        """Return the month before."""
        return Month(self.eve.year, self.eve.month)

    @property
    def after(self) -> "Month":
        """Return the next month."""
        later = self.first + timedelta(days=32)
        return Month(later.year, later.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
