"""What an address asks for: a month, a kind. Whatever makes no sense is left out."""

from datetime import date

from django.http import HttpRequest

from smartkampung.recovery.economy.rules.kinds import Kind
from smartkampung.recovery.economy.rules.reading import Unread, month


def month_of(request: HttpRequest, *, today: date) -> date | None:
    """Return the month of ``?month=2020-05``; None when it says none."""
    return month_in(request.GET.get("month", ""), today=today)


def month_in(text: str, *, today: date) -> date | None:
    """Return the month that a text names."""
    try:
        return month(text, today=today) if text.isascii() else None
    except (Unread, ValueError):
        return None


def kind_of(text: str) -> Kind | None:
    """Return the kind of figures that a text names."""
    return Kind(text) if text in set(Kind) else None
