"""Money, months and changes in the words of these pages."""

from datetime import date
from decimal import Decimal

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from smartkampung.kernel.wording import percent, rupiah, whole
from smartkampung.recovery.economy.rules.comparing import Said

CANNOT = "–"
TENTH = 0.05
MINUS = "−"  # a hyphen is read as one, and breaks the line
UNBROKEN = "\N{NO-BREAK SPACE}"


def month_name(month: date) -> str:
    """Return "Mei 2020"."""
    return dateformat.format(month, "F Y")


def short_month(month: date) -> str:
    """Return "Okt 2019", for cards."""
    return dateformat.format(month, "M Y")


def little_month(month: date) -> str:
    """Return "Mei 20", for charts."""
    return dateformat.format(month, "M y")


def money(value: Decimal | None) -> str:
    """Return an amount in full, with sen where there are any."""
    if value is None:
        return CANNOT
    sign = MINUS if value < 0 else ""
    if value == value.to_integral_value():
        return f"{sign}{rupiah(int(abs(value)))}"
    return f"{sign}Rp{number_format(abs(value), 2, force_grouping=True)}"


def count(value: Decimal | None) -> str:
    """Return a count with thousands marked."""
    return CANNOT if value is None else signed(whole(int(value)))


def short_money(value: Decimal | float) -> str:
    """Return "Rp483,2 miliar", for cards and charts."""
    number, word = _scaled(float(value))
    sign = MINUS if round(number, 1) < 0 else ""
    return f"{sign}Rp{_tenths(abs(number))}{word}"


def short_count(value: float) -> str:
    """Return "1,2 juta", for charts."""
    number, word = _scaled(value)
    return f"{_tenths(number)}{word}"


def _scaled(value: float) -> tuple[float, str]:
    scales = (
        (1e12, _("trillion")),
        (1e9, _("billion")),
        (1e6, _("million")),
        (1e3, _("thousand")),
    )
    for size, word in scales:
        if abs(value) >= size:
            return value / size, f"{UNBROKEN}{word}"
    return value, ""


def _tenths(value: float) -> str:
    rounded = round(value, 1)
    places = 0 if rounded == int(rounded) else 1
    return number_format(rounded, decimal_pos=places)


def share(said: Said) -> str:
    """Return a percentage, or a dash where nothing can be said."""
    return CANNOT if said.value is None else signed(percent(said.value))


def signed(text: str) -> str:
    """Return a number with a real minus sign."""
    return f"{MINUS}{text[1:]}" if text.startswith("-") else text


def against(value: float, base: str) -> str:
    """Return what a percentage is of, and the change that it means.

    "of October 2019 (down 86.3%)": never the percentage beside "down" or "up".
    """
    moved = value - 100
    words = (
        _("of %(base)s (down %(part)s)")
        if moved < 0
        else _("of %(base)s (up %(part)s)")
    )
    if abs(moved) < TENTH:
        words = _("of %(base)s (the same)")
    return words % {"base": base, "part": percent(abs(moved))}


def rise(said: Said) -> str:
    """Return a change with its sign: "−90%", "+4,5%"."""
    if said.value is None:
        return CANNOT
    text = percent(said.value)
    return f"+{text}" if said.value > TENTH else signed(text)


def rise_in_words(said: Said) -> str:
    """Return "90% lower" or "4,5% higher"; "" where nothing can be said."""
    if said.value is None:
        return ""
    if abs(said.value) < TENTH:
        return _("the same")
    words = _("%(part)s lower") if said.value < 0 else _("%(part)s higher")
    return words % {"part": percent(abs(said.value))}
