"""Days, moments, money and numbers as people here read them, in both languages.

Indonesian: "Kamis, 28 Mei 2020, 14.00 WIB", "Rp600.000", "98,4%". English keeps the
order of the day and month, with its own separators.
"""

from datetime import date, datetime

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import get_language

from smartkampung.kernel.clock import WIB


def _indonesian() -> bool:
    return (get_language() or "id").startswith("id")


def long_day(value: date) -> str:
    """Return "Kamis, 28 Mei 2020"; a moment is read in local time."""
    return dateformat.format(_local(value), "l, j F Y")


def short_day(value: date) -> str:
    """Return "28 Mei 2020"."""
    return dateformat.format(_local(value), "j F Y")


def hour(value: datetime) -> str:
    """Return "14.00 WIB" ("14:00 WIB" in English)."""
    return dateformat.format(_local(value), "H.i" if _indonesian() else "H:i") + " WIB"


def moment(value: datetime) -> str:
    """Return "Kamis, 28 Mei 2020, 14.00 WIB"."""
    return f"{long_day(value)}, {hour(value)}"


def short_moment(value: datetime) -> str:
    """Return "28 Mei 2020, 14.00 WIB", for lists."""
    return f"{short_day(value)}, {hour(value)}"


def rupiah(value: int) -> str:
    """Return "Rp600.000"; a minus sign stands before the currency."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{whole(abs(value))}"


def whole(value: int) -> str:
    """Return a count with thousands marked, "269.014"."""
    return number_format(value, force_grouping=True)


def percent(value: float) -> str:
    """Return a percentage with one decimal, "98,4%"; a round one has none."""
    rounded = round(value, 1) + 0.0  # never "-0"
    places = 0 if rounded == int(rounded) else 1
    return number_format(rounded, decimal_pos=places) + "%"


def _local(value: date) -> date:
    return value.astimezone(WIB) if isinstance(value, datetime) else value


def initials(name: str) -> str:
    """Return the first letter of each word of a name: "S*** W***"."""
    return " ".join(f"{word[0].upper()}***" for word in name.replace("*", " ").split())
