"""Confirm by a code to the phone on record that a booking is really one's own.

Whoever books may type any name. A name binds nobody until a code that went to the
phone which the village recorded for that family comes back, or until the checkpoint.
Each family gets a code of its own, so that whether one comes tells nothing of others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.one_time import issue_code, issue_decoy, use_code
from smartkampung.intake.rules import ONE_TIME_LIFE, Limit
from smartkampung.isolation.actions.change import bind
from smartkampung.isolation.actions.claiming import AlreadyStaying
from smartkampung.isolation.booking.queries import waits_for_proof
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send
from smartkampung.residents.models import Family, Person
from smartkampung.residents.queries.matching import match_identity

PURPOSE = "isolation.confirm"
PER_RESERVATION = Limit("isolation.confirm.code", 3, timedelta(hours=1))
# Many bookings in one name must not be many messages to one phone, or many guesses.
PER_FAMILY = Limit("isolation.confirm.family", 6, timedelta(days=1))
MARK = 16  # letters of the fingerprint of a phone, enough to see that it changed


class TooManyCodes(Refused):
    """Codes were asked for again and again."""

    code = "too_many_codes"


class NotConfirmed(Refused):
    """What stands against it is for people to look at, and not for this page to tell."""

    code = "not_confirmed"


@dataclass(frozen=True)
class Door:
    """What one code opens: the named people of one family; nobody, where it is a decoy."""

    subject: str
    family: Family | None
    named: tuple[tuple[Stay, Person], ...]


def ask_to_confirm(*, reservation: Reservation, at: datetime) -> None:
    """Promise a code to the recorded phone of each family that the booking names.

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
    """Send each family that a booking names a code of its own, to its recorded phone.

    For a number that the registry does not know, or a family without a phone, a decoy
    is kept: whoever books cannot tell, by a code that comes or by its absence, whether
    somebody else's number is known.
    """
    reservation = Reservation.objects.get(pk=reservation_id)
    for door in _doors(reservation):
        if door.family is None:
            issue_decoy(purpose=PURPOSE, subject=door.subject, at=at)
        elif not over(PER_FAMILY, key=f"family:{door.family.pk}", at=at):
            _send(door.family, door.subject, at)


def _send(family: Family, subject: str, at: datetime) -> None:
    send(
        key=f"{subject}:{at.timestamp():.0f}",
        to=family.phone,
        template="code",
        context={"minutes": int(ONE_TIME_LIFE.total_seconds() // 60)},
        secret=issue_code(purpose=PURPOSE, subject=subject, at=at),
        language=family.language,
    )


def confirm(*, reservation: Reservation, code: str, at: datetime) -> bool:
    """Bind the named people of the family whose phone got the code; False for a wrong one.

    Nobody of another family is bound, and nobody when the phone of the family changed
    meanwhile. The code is spent by this; let the transaction commit either way, or a
    wrong try would be forgotten. Raises NotConfirmed, which never says why; then nobody
    was bound.
    """
    for door in _doors(reservation):
        if use_code(purpose=PURPOSE, subject=door.subject, code=code, at=at):
            _bind_all(door, at)
            return True
    return False


def _bind_all(door: Door, at: datetime) -> None:
    try:
        with transaction.atomic():
            for stay, person in door.named:
                bind(stay, at=at, by="public")
                Stay.objects.filter(pk=stay.pk).update(person=person)
    except AlreadyStaying:
        raise NotConfirmed(
            _(
                "This cannot be confirmed here. Please ask at the village office, or "
                "at the checkpoint when you arrive. The booking stands until then."
            )
        ) from None


def _doors(reservation: Reservation) -> list[Door]:
    """Return what codes are for: a family each, and each number that nobody has.

    Every number that is still to be proved costs the same steps, known or not.
    """
    doors: dict[str, Door] = {}
    for stay in reservation.stays.order_by("pk"):
        if not waits_for_proof(stay):
            continue
        match = match_identity(nik=stay.nik)
        family = match.person.family if match is not None else None
        if match is None or family is None or family.phone is None:
            subject = f"{_subject(reservation)}:stay:{stay.pk}"
            doors[subject] = Door(subject, None, ())
            continue
        # The phone is part of the subject: a code opens only while it stays recorded.
        phone = bytes(family.phone_index or b"").hex()[:MARK]
        subject = f"{_subject(reservation)}:{family.pk}:{phone}"
        so_far = doors[subject].named if subject in doors else ()
        doors[subject] = Door(subject, family, (*so_far, (stay, match.person)))
    return list(doors.values())


def _subject(reservation: Reservation) -> str:
    return f"isolation.reservation:{reservation.pk}"
