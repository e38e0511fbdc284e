"""By which way officers hear of something, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from smartkampung.accounts.queries.offices import Holder
from smartkampung.accounts.queries.phones import numbers_to_call, phones_of
from smartkampung.frontline.voice.models import Announcement, Telling
from smartkampung.notify.queries import states_about


@dataclass(frozen=True)
class Way:
    """How somebody hears: ``by`` phone, e-mail or not at all; ``call`` is a number."""

    by: str
    state: str
    call: str


def key_of(about: str, staff_id: int) -> str:
    """Return the name of the message to one officer about one thing."""
    return f"{about}:{staff_id}"


def ways_of(row: Announcement, people: Iterable[Holder]) -> dict[int, Way]:
    """Return how each of some people hears of an announcement, by account.

    ``state`` is that of the latest message about it, empty where none was made.
    """
    emails = {one.staff_id: one.email for one in people}
    phones, numbers = phones_of(emails), numbers_to_call(emails)
    abouts = Telling.objects.filter(announcement=row).order_by("at", "pk")
    states = {
        int(key.rpartition(":")[2]): state
        for key, state in states_about(abouts.values_list("about", flat=True))
    }
    return {
        staff: Way(
            by="phone" if staff in phones else "email" if email else "",
            state=states.get(staff, ""),
            call=numbers.get(staff, ""),
        )
        for staff, email in emails.items()
    }
