"""Somebody left without permission; somebody goes to look, and says what came of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.arrival.models import Departure
from smartkampung.isolation.arrival.rules.visits import Ended
from smartkampung.isolation.models import Stay
from smartkampung.isolation.monitoring.actions.alerts import answered, escalate
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused

LEFT = "isolation.left"
BUSY = _("Somebody else writes about this person now. Please press again.")


class CannotLeave(Refused):
    """The person is not in isolation here, or is known to be gone."""

    code = "cannot_leave"


class CannotReturn(Refused):
    """Somebody has written down already what came of it."""

    code = "cannot_return"


def report_left(*, stay: Stay, words: str, by: Actor, at: datetime) -> Departure:
    """Write down that somebody is gone, and tell whoever stands first on the ladder.

    Says nothing about health. Raises CannotLeave.
    """

    def take() -> Departure:
        row = Stay.objects.select_related("reservation").get(pk=stay.pk)
        if row.state != StayState.PRESENT:
            raise CannotLeave(_("This person is not in isolation here any more."))
        region = row.reservation.region_code
        departure = Departure.objects.create(
            stay=row, noticed_at=at, words=words, by=by.username, at=at
        )
        escalate(row, Trigger.LEFT, at=at, by=by.username)
        record(LEFT, target=row, by=by.username, region_code=region)
        return departure

    known = CannotLeave(_("That this person is gone is known, and being looked into."))
    return claim_scarce(
        locks=[Lock(Rank.PERSON, Stay.objects.filter(pk=stay.pk))],
        take=take,
        refusals={"departure_open_once": known},
        busy=Busy(BUSY),
    )


def end_departure(
    *, departure: Departure, ended: Ended, words: str, by: Actor, at: datetime
) -> None:
    """Write down whether somebody came back or was not found; raise CannotReturn.

    Who came back is looked for no more. For who was not found the alert stays open and
    climbs, until the Puskesmas decides: it alone may call a person lost.
    """

    def take() -> None:
        row = Departure.objects.select_related("stay__reservation").get(pk=departure.pk)
        if row.ended_at is not None:
            raise CannotReturn(_("What came of this is written down already."))
        row.ended, row.ended_words = ended, words
        row.ended_by, row.ended_at = by.username, at
        row.save(update_fields=["ended", "ended_words", "ended_by", "ended_at"])
        if ended == Ended.RETURNED:
            answered(row.stay, (Trigger.LEFT,), at=at, by=by.username)
        region = row.stay.reservation.region_code
        record(
            f"isolation.{ended.value}",
            target=row.stay,
            by=by.username,
            region_code=region,
        )

    claim_scarce(
        locks=[Lock(Rank.PERSON, Departure.objects.filter(pk=departure.pk))],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )
