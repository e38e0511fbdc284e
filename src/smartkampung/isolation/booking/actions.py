"""Confirm by a code to the phone on record that a booking is really one's own.

Whoever books may type any name. A name binds nobody until a code that went to the
phone which the village recorded for that family comes back, or until the checkpoint.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.one_time import issue_code, use_code
from smartkampung.intake.rules import ONE_TIME_LIFE, Limit
from smartkampung.isolation.actions.change import bind
from smartkampung.isolation.actions.claiming import AlreadyStaying
from smartkampung.isolation.booking.queries import waits_for_proof
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send
from smartkampung.residents.models import Person
from smartkampung.residents.queries.matching import match_identity

PURPOSE = "isolation.confirm"
PER_RESERVATION = Limit("isolation.confirm.code", 3, timedelta(hours=1))
# Many bookings in one name must not be many messages to one phone, or many guesses.
PER_PERSON = Limit("isolation.confirm.person", 6, timedelta(days=1))


class TooManyCodes(Refused):
    """Codes were asked for again and again."""

    code = "too_many_codes"


class NotConfirmed(Refused):
    """What stands against it is for people to look at, and not for this page to tell."""

    code = "not_confirmed"


def ask_to_confirm(*, reservation: Reservation, at: datetime) -> None:
    """Promise a code to the phone on record for whom the booking names, if there is one.

    Nobody learns from the answer, or from its time, whether there is: a job looks.
    Raises TooManyCodes.
    """
    if over(PER_RESERVATION, key=_subject(reservation), at=at):
        raise TooManyCodes(
            _(
                "Three codes were asked for within an hour. Please wait an hour, or "
                "confirm at the checkpoint."
            )
        )
    later("isolation.send_confirm_code", reservation_id=reservation.pk)


def send_confirm_code(*, reservation_id: int, at: datetime) -> None:
    """Send a code to the recorded phone of the first named who has one."""
    reservation = Reservation.objects.get(pk=reservation_id)
    person = next((one for _stay, one in _named(reservation) if one.family.phone), None)
    if person is None or over(PER_PERSON, key=f"person:{person.pk}", at=at):
        return
    send(
        key=f"{PURPOSE}:{reservation.pk}:{at.timestamp():.0f}",
        to=person.family.phone,
        template="code",
        context={"minutes": int(ONE_TIME_LIFE.total_seconds() // 60)},
        secret=issue_code(purpose=PURPOSE, subject=_subject(reservation), at=at),
        language=person.family.language,
    )


def confirm(*, reservation: Reservation, code: str, at: datetime) -> bool:
    """Bind the named people of the family whose phone got the code; False for a wrong one.

    The code is spent by this; let the transaction commit either way, or a wrong try
    would be forgotten. Raises NotConfirmed, which never says why.
    """
    subject = _subject(reservation)
    if not use_code(purpose=PURPOSE, subject=subject, code=code, at=at):
        return False
    named = _named(reservation)
    family = next((one.family_id for _s, one in named if one.family.phone), None)
    try:
        for stay, person in named:
            if person.family_id == family:
                bind(stay, at=at, by="public")
                Stay.objects.filter(pk=stay.pk).update(person=person)
    except AlreadyStaying:
        raise NotConfirmed(
            _(
                "This cannot be confirmed here. Please ask at the village office, or "
                "at the checkpoint when you arrive. The booking stands until then."
            )
        ) from None
    return True


def _named(reservation: Reservation) -> list[tuple[Stay, Person]]:
    """Return the people who are still to prove themselves, as the registry knows them."""
    found = []
    for stay in reservation.stays.order_by("pk"):
        match = match_identity(nik=stay.nik) if waits_for_proof(stay) else None
        if match is not None:
            found.append((stay, match.person))
    return found


def _subject(reservation: Reservation) -> str:
    return f"isolation.reservation:{reservation.pk}"
