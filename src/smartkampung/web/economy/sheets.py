"""One table for page and file: what is shown, and what a program reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.recovery.economy.rules.comparing import Said
from smartkampung.recovery.economy.writing import Raw
from smartkampung.web.economy import wording

RUPIAH, PERCENT = "Rp", "%"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and what it is as a number, in which unit."""

    text: str
    raw: Raw
    url: str = ""
    state: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Head:
    """A column; numbers stand to the right. Some are for programs only."""

    title: str
    number: bool = True
    in_page: bool = True


@dataclass(frozen=True)
class Sheet:
    """A table with what it rests on. What is ``synthetic`` says so everywhere."""

    name: str
    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    synthetic: bool = False
    notes: Sequence[str] = field(default=())

    def context(self) -> dict[str, Any]:
        """Return what components/table.html draws."""
        return {
            "columns": [
                {"title": head.title, "number": head.number}
                for head in self.heads
                if head.in_page
            ],
            "rows": [
                [
                    {
                        "text": cell.text,
                        "label": head.title,
                        "number": head.number and not cell.state,
                        "url": cell.url,
                        "state": cell.state,
                    }
                    for head, cell in zip(self.heads, row, strict=True)
                    if head.in_page
                ]
                for row in self.rows
            ],
        }

    def file_heads(self) -> list[str]:
        """Return the heads of a file: numbers stand there bare, so heads say the unit."""
        columns = (
            zip(*self.rows, strict=True) if self.rows else ([] for _ in self.heads)
        )
        units = [
            next((cell.unit for cell in column if cell.unit), "") for column in columns
        ]
        return [
            f"{head.title} ({unit})" if unit else head.title
            for head, unit in zip(self.heads, units, strict=True)
        ]

    @property
    def full_title(self) -> str:
        """Return the title, with the mark of what was made up."""
        mark = made_up()
        return f"{self.title} – {mark}" if self.synthetic else self.title


def made_up() -> str:
    """Return the mark of figures that were made up."""
    return _("SYNTHETIC example data, no real figures")


def mark_head() -> Head:
    """Return the head of what a row of a file is: made up, or told by an office."""
    return Head(_("Kind of figures"), number=False, in_page=False)


def mark(made: bool, *, told: bool = True) -> Cell:
    """Return what a row is; nothing where it has no figure."""
    return word((_("SYNTHETIC") if made else _("told by the office")) if told else "")


def word(text: str, *, url: str = "", state: str = "") -> Cell:
    """Return a cell of words."""
    return Cell(text, text, url, state)


def amount(value: Decimal | None) -> Cell:
    """Return a cell of money."""
    return Cell(wording.money(value), value, unit=RUPIAH)


def number(value: Decimal | int | None) -> Cell:
    """Return a cell of a count."""
    exact = None if value is None else Decimal(value)
    return Cell(wording.count(exact), exact)


def part(said: Said) -> Cell:
    """Return a cell of a percentage."""
    return _rounded(said, wording.share)


def rise(said: Said) -> Cell:
    """Return a cell of a change."""
    return _rounded(said, wording.rise)


def _rounded(said: Said, words: Callable[[Said], str]) -> Cell:
    raw = None if said.value is None else Decimal(f"{said.value:.1f}")
    return Cell(words(said), raw, unit=PERCENT)
