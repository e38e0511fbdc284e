"""Write down a look at somebody, or what they report of themselves."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.arrival.rules.visits import Ended
from smartkampung.isolation.models import (
    Check,
    Departure,
    Obligation,
    Reading,
    Stay,
)
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.actions.alerts import answered, escalate
from smartkampung.isolation.monitoring.actions.ends import let_go
from smartkampung.isolation.monitoring.queries import open_looks
from smartkampung.isolation.monitoring.rules.checks import (
    CannotCheck,
    Outcome,
    Slot,
    follows,
    hindrances,
)
from smartkampung.isolation.monitoring.rules.health import (
    Told,
    alarms,
    is_unwell,
)
from smartkampung.isolation.monitoring.rules.ladder import (
    ANSWERED_BY_A_LOOK,
    ANSWERED_BY_BEING_SEEN,
    Trigger,
)
from smartkampung.isolation.protocol.queries import grace_on, limits_on
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job

BUSY = _("Somebody else is writing about this person. Please try again in a moment.")
BROKEN = _("This form was broken on the way. Open the page again.")
WORDS = {
    CannotCheck.TOO_EARLY: _("This look is not due yet. Please come back later."),
    CannotCheck.TOO_LATE: _(
        "The time for this look has passed; it stands as missed. Write down what is"
        " due today."
    ),
    CannotCheck.NOT_PRESENT: _("This person is not in isolation any more."),
}


class CannotRecord(Refused):
    """This look cannot be written down now."""

    code = "cannot_record_check"


@dataclass(frozen=True)
class Seen:
    """What came of one try to see somebody; ``told`` only where they were seen."""

    form_id: uuid.UUID
    outcome: Outcome
    told: Told | None = None
    lat: float | None = None
    lng: float | None = None


def record_check(
    *, obligation: Obligation, seen: Seen, by: Actor, at: datetime
) -> Check:
    """Write down a look; the same form sent again is one look. Raises CannotRecord."""

    def take() -> Check:
        row = Obligation.objects.select_related("stay__reservation").get(
            pk=obligation.pk
        )
        return _once(row, seen, by, at)

    return _locked(obligation.stay_id, take)


def report_oneself(*, stay: Stay, seen: Seen, at: datetime) -> Check:
    """Write down what somebody says of themselves. Raises CannotRecord.

    It counts for what is due at this moment, except for the exit.
    """

    def take() -> Check:
        if not open_looks(stay, at=at).exists():
            with as_job():
                bulk.generate(at=at, stay=stay.pk)
        due = open_looks(stay, at=at).select_related("stay__reservation").first()
        if due is None:
            raise CannotRecord(WORDS[CannotCheck.NOT_PRESENT])
        return _once(due, seen, None, at)

    return _locked(stay.pk, take)


def _locked(stay_id: int, take: Callable[[], Check]) -> Check:
    return claim_scarce(
        locks=[Lock(Rank.PERSON, Stay.objects.filter(pk=stay_id))],
        take=take,
        refusals={"isolation_check_pkey": CannotRecord(BROKEN)},
        busy=Busy(BUSY),
    )


def _once(row: Obligation, seen: Seen, by: Actor | None, at: datetime) -> Check:
    before = Check.objects.filter(form_id=seen.form_id, stay=row.stay_id).first()
    if before is not None:
        return before
    reasons = hindrances(
        opens_at=row.opens_at,
        open_until=row.closes_at + _grace(row),
        present=row.stay.state == StayState.PRESENT,
        at=at,
    )
    if reasons:
        raise CannotRecord(WORDS[reasons[0]])
    check = Check.objects.create(
        form_id=seen.form_id,
        obligation=row,
        stay_id=row.stay_id,
        outcome=seen.outcome,
        at=at,
        by_id=by.staff_id if by else None,
        lat=seen.lat,
        lng=seen.lng,
    )
    _write_reading(check, seen.told)
    record(
        "isolation.checked",
        target=row.stay,
        by=by.username if by else "public",
        region_code=row.stay.reservation.region_code,
        outcome=seen.outcome.value,
    )
    _tell(row, seen, by, at)
    return check


def _grace(row: Obligation) -> timedelta:
    """Return how long after its day a look may be made: an exit, by its own protocol."""
    return grace_on(row.due_on) if row.slot == Slot.EXIT else timedelta()


def _tell(row: Obligation, seen: Seen, by: Actor | None, at: datetime) -> None:
    """Raise or answer alerts, and let go whoever is well at the exit."""
    stay, name = row.stay, by.username if by else "public"
    if seen.outcome == Outcome.SEEN:
        answered(stay, ANSWERED_BY_BEING_SEEN, at=at, by=name)
        _is_back(stay, at=at, by=name)
    elif follows(Slot(row.slot), seen.outcome):
        answered(stay, ANSWERED_BY_A_LOOK, at=at, by=name)
    ill = seen.told is not None and bool(alarms(seen.told, limits_on(day(at))))
    if ill:
        escalate(stay, Trigger.ILL, at=at, by=name)
    if by is None or row.slot != Slot.EXIT or seen.outcome != Outcome.SEEN:
        return
    if seen.told is None:
        return
    if ill or is_unwell(seen.told):
        escalate(stay, Trigger.EXIT_OPEN, at=at, by=name)
    else:
        let_go(stay, by=by, at=at)


def _is_back(stay: Stay, *, at: datetime, by: str) -> None:
    """End the absence of somebody who was known to be gone, and is seen here."""
    with as_job():
        gone = Departure.objects.filter(stay=stay, ended_at=None)
        if gone.update(ended=Ended.RETURNED, ended_by=by, ended_at=at):
            region = stay.reservation.region_code
            record("isolation.returned", target=stay, by=by, region_code=region)


def _write_reading(check: Check, told: Told | None) -> None:
    if told is None:
        return
    Reading.objects.create(
        check_made=check,
        stay_id=check.stay_id,
        at=check.at,
        unwell=is_unwell(told),
        temperature=told.temperature,
        spo2=told.spo2,
        symptoms=list(told.symptoms),
        note=told.note,
    )
