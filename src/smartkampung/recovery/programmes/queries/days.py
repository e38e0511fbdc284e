"""Who was there on which days: the latest sheet of a day has the last word."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from smartkampung.recovery.programmes.models import Attendance, Sheet

_PRESENT = """
    SELECT seat_id, count(*) FROM (
        SELECT DISTINCT ON (a.seat_id, s.on) a.seat_id, a.present
        FROM recovery_attendance a JOIN recovery_sheet s ON s.id = a.sheet_id
        WHERE a.seat_id = ANY(%s)
        ORDER BY a.seat_id, s.on, s.at DESC, a.id DESC
    ) latest WHERE present GROUP BY seat_id
"""


def days_present(seat_ids: Iterable[int]) -> dict[int, int]:
    """Return on how many days each seat was there; who never was is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, [list(seat_ids)])
        return dict(cursor.fetchall())


def present_on(offer_id: int, on: date) -> dict[int, bool]:
    """Return who was there on a day, and who was not, as last written down."""
    rows = Attendance.objects.filter(sheet__offer=offer_id, sheet__on=on)
    ordered = rows.order_by("sheet__at", "pk").values_list("seat_id", "present")
    return dict(ordered)


def days_held(offer_id: int) -> list[date]:
    """Return the days of which there is a sheet, oldest first."""
    rows = Sheet.objects.filter(offer=offer_id).order_by("on")
    return list(rows.values_list("on", flat=True).distinct())


def days_of(seat_id: int) -> list[tuple[date, bool]]:
    """Return each day that somebody stood on a sheet, and whether they were there."""
    rows = Attendance.objects.filter(seat=seat_id).order_by("sheet__at", "pk")
    return sorted(dict(rows.values_list("sheet__on", "present")).items())
