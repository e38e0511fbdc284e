"""Cells of files of daily reports: a count, and the day of one."""

import math
import re
from datetime import date
from enum import StrEnum

from smartkampung.reopening.signals.rules.kinds import MOST
from smartkampung.residents.imports.reading import cells
from smartkampung.residents.imports.reading.records import Bad
from smartkampung.residents.imports.reading.records import Fault as Unreadable

Cell = str | int | float | None
FIRST_DAY = date(2020, 1, 1)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+")
NOTHING = {"", "-", "–", "—"}
NIL = {"nihil", "nil"}


class Fault(StrEnum):
    """What is wrong with a cell. Words for these: ``signals.words``."""

    NO_DAY = "no_day"
    NOT_A_DAY = "not_a_day"
    TOO_OLD = "too_old"
    NOT_TOLD = "not_told"  # an empty cell is not nought
    NOT_A_COUNT = "not_a_count"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    TOO_MANY = "too_many"
    LONG = "long"
    CARD_NUMBER = "card_number"
    TWICE = "twice"


class Unread(Exception):
    """A cell that says nothing one could write down."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def count(cell: Cell) -> int:
    """Return the count of a cell; raise Unread for none, and for what reads two ways."""
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell) or cell != int(cell):
            raise Unread(Fault.NOT_A_COUNT)
        return _possible(int(cell))
    text = (cell or "").replace(" ", "")
    if text in NOTHING:
        raise Unread(Fault.NOT_TOLD)
    if text.lower() in NIL:
        return 0
    if _ENGLISH.fullmatch(text):
        raise Unread(Fault.AMBIGUOUS)
    plain = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    if not re.fullmatch(r"-?[0-9]{1,12}", plain):
        raise Unread(Fault.NOT_A_COUNT)
    return _possible(int(plain))


def _possible(value: int) -> int:
    if value < 0:
        raise Unread(Fault.NEGATIVE)
    if value > MOST:
        raise Unread(Fault.TOO_MANY)
    return value


def day_of(cell: Cell) -> date:
    """Return the day of a cell, as people and spreadsheets write it; raise Unread."""
    try:
        found = cells.iso_date(cell, today="9999-12-31")
    except Bad as bad:
        known = bad.fault in (Unreadable.DATE_UNREADABLE, Unreadable.DATE_IMPOSSIBLE)
        raise Unread(Fault.NOT_A_DAY if known else Fault.NO_DAY) from None
    if not found:
        raise Unread(Fault.NO_DAY)
    told = date.fromisoformat(found)
    if told < FIRST_DAY:
        raise Unread(Fault.TOO_OLD)
    return told
