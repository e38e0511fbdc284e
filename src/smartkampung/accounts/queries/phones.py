"""Numbers of officers: to call, and to write to."""

from collections.abc import Iterable
from typing import NamedTuple

from smartkampung.accounts.models import OfficerPhone, Staff
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.queries import has_opted_out, phones_opted_out

# What the wishes of officers begin with: STOP SEMUA ends them, too.
STAFF_NEWS = "staff_news"


class Listener(NamedTuple):
    """An account that is told something."""

    staff_id: int
    email: str
    language: str


def listener_named(username: str) -> list[Listener]:
    """Return the open account of a name, for whoever is told what became of a wish."""
    rows = Staff.objects.filter(username=username, is_active=True)
    return [Listener(row.pk, row.email, row.language) for row in rows]


def listeners(staff: Iterable[int]) -> list[Listener]:
    """Return the open ones of some accounts, to tell them something."""
    rows = Staff.objects.filter(pk__in=list(staff), is_active=True).order_by("pk")
    return [Listener(row.pk, row.email, row.language) for row in rows]


def wish_of(staff_id: int) -> str:
    """Return the wish under which messages go to an officer's own phone."""
    return f"{STAFF_NEWS}:{staff_id}"


def own_phone(staff: Staff) -> OfficerPhone | None:
    """Return the number of an account, for its owner."""
    return OfficerPhone.objects.filter(staff=staff).first()


def has_stopped_all(phone: OfficerPhone) -> bool:
    """Say whether STOP SEMUA came from that phone: only MULAI from it lifts that."""
    return has_opted_out(phone.number, STAFF_NEWS)


def phones_of(staff: Iterable[int]) -> dict[int, Sealed]:
    """Return the numbers to which messages may go, by account."""
    rows = OfficerPhone.objects.filter(staff__in=list(staff), wants=True).exclude(
        number_index__in=phones_opted_out(STAFF_NEWS)
    )
    return {row.staff_id: row.number for row in rows}


def numbers_to_call(staff: Iterable[int]) -> dict[int, str]:
    """Return the numbers of some accounts, to call them.

    For whoever speaks to them or waits for them; officers know it when they give one.
    """
    rows = OfficerPhone.objects.filter(staff__in=list(staff))
    return {row.staff_id: row.number.open() for row in rows}
