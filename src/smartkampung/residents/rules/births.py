"""A birth as officers type it: a full date, or only the year."""

import re
from datetime import date

from smartkampung.residents.rules.numbers import Misshapen, Problem

EARLIEST_YEAR = 1890
_DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")


def read_birth(text: str, *, today: date) -> date | int | None:
    """Return a date, a year, or nothing when nothing was typed.

    Raises Misshapen for what is no date (NOT_A_DATE) and for one that lies in the
    future or too far back (IMPOSSIBLE_BIRTH).
    """
    text = text.strip()
    if not text:
        return None
    if _YEAR.fullmatch(text):
        return _year(int(text), today)
    born_on = _date(text)
    if born_on > today or born_on.year < EARLIEST_YEAR:
        raise Misshapen(Problem.IMPOSSIBLE_BIRTH)
    return born_on


def _year(year: int, today: date) -> int:
    if not EARLIEST_YEAR <= year <= today.year:
        raise Misshapen(Problem.IMPOSSIBLE_BIRTH)
    return year


def _date(text: str) -> date:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise Misshapen(Problem.NOT_A_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise Misshapen(Problem.NOT_A_DATE) from None
