"""Let somebody go, keep them longer, give them up, send them to hospital and back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.actions.beds import Ending, HouseFull, extend, free_from
from smartkampung.isolation.actions.claiming import lay_in, with_houses
from smartkampung.isolation.models import (
    Classing,
    DischargeLetter,
    ExitDecision,
    Reservation,
    Stay,
)
from smartkampung.isolation.monitoring.actions.alerts import answered
from smartkampung.isolation.monitoring.rules.bounds import happened, too_far_ahead
from smartkampung.isolation.monitoring.rules.ends import (
    Known,
    Verdict,
    leaves_on,
    verdicts,
)
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.protocol.queries import classes_on, release_on
from smartkampung.isolation.rules.states import Need, ReservationState, StayState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later

Done = TypeVar("Done")
DAY = timedelta(days=1)
BUSY = _("Somebody else is writing about this person. Please try again in a moment.")


class CannotDecide(Refused):
    """This cannot be decided about this person now."""

    code = "cannot_decide_exit"


class CannotClassify(Refused):
    """This class cannot be given on this day, or a date is missing."""

    code = "cannot_classify"


@dataclass(frozen=True)
class Decided:
    """What is decided, why, and until when it holds where that is asked."""

    verdict: Verdict
    reason: str
    until: date | None = None


def let_go(stay: Stay, *, by: Actor, at: datetime) -> DischargeLetter:
    """Release somebody on the last day of their stay, with a letter."""
    ending = Ending(on=stay.during.upper, at=at, by=by.username)
    free_from(stay, ending)
    return _finish(stay, by=by, at=at)


def _finish(stay: Stay, *, by: Actor, at: datetime) -> DischargeLetter:
    answered(stay, list(Trigger), at=at, by=by.username)
    letter, _made = DischargeLetter.objects.get_or_create(
        stay=stay,
        defaults={
            "since": stay.during.lower,
            "until": stay.during.upper,
            "issued_at": at,
            "issued_by_id": by.staff_id,
        },
    )
    return letter


def decide(
    *, stay: Stay, decided: Decided, by: Actor, at: datetime
) -> list[Reservation]:
    """Write down what a named officer decides, and do it.

    Returns the parties whose beds were needed and for whom people must find others.
    Raises CannotDecide, and HouseFull where nobody can come back from hospital.
    """

    def take() -> list[Reservation]:
        row = Stay.objects.select_related("reservation").get(pk=stay.pk)
        today = day(at)
        last = today >= row.during.upper - DAY
        if decided.verdict not in verdicts(row.state, last_day_reached=last):
            raise CannotDecide(
                _("This cannot be decided about this person now. Open the page again.")
            )
        until = decided.until
        if decided.verdict in {Verdict.EXTEND, Verdict.RETURN} and (
            until is None or until <= max(today, row.during.upper - DAY)
        ):
            raise CannotDecide(
                _("Choose a day after today on which this person may leave.")
            )
        if until is not None and too_far_ahead(until, today=today):
            raise CannotDecide(
                _("Choose a day within the next 60 days. It can be decided again then.")
            )
        displaced = _do(row, decided, by, at)
        ExitDecision.objects.create(
            stay=row,
            verdict=decided.verdict,
            reason=decided.reason,
            until=until,
            at=at,
            by_id=by.staff_id,
        )
        record(
            "isolation.exit_decided",
            target=row,
            by=by.username,
            region_code=row.reservation.region_code,
        )
        return displaced

    return _locked(stay, take)


def _do(stay: Stay, decided: Decided, by: Actor, at: datetime) -> list[Reservation]:
    displaced: list[Reservation] = []
    today = day(at)
    verdict, until = decided.verdict, decided.until
    if verdict == Verdict.RELEASE and stay.state == StayState.PRESENT:
        let_go(stay, by=by, at=at)
    elif verdict == Verdict.RELEASE:
        stay.state, stay.ended_at = StayState.RELEASED, at
        stay.save(update_fields=["state", "ended_at"])
        _finish(stay, by=by, at=at)
    elif verdict == Verdict.EXTEND and until is not None:
        displaced = extend(stay, until=until, at=at, by=by.username)
        answered(stay, [Trigger.EXIT_OPEN], at=at, by=by.username)
    elif verdict == Verdict.RETURN and until is not None:
        _come_back(stay, until, at)
    elif verdict == Verdict.HOSPITAL:
        free_from(stay, Ending(today, at, by.username, StayState.HOSPITAL))
        answered(stay, list(Trigger), at=at, by=by.username)
    elif verdict == Verdict.LOST:
        on = min(today, stay.during.upper)
        free_from(stay, Ending(on, at, by.username, StayState.LOST))
        answered(stay, list(Trigger), at=at, by=by.username)
    return displaced


def _come_back(stay: Stay, until: date, at: datetime) -> None:
    """Take somebody in again who was in hospital, in the house where they were."""
    party, today = stay.reservation, day(at)

    def take() -> None:
        stay.state, stay.present_at, stay.ended_at = StayState.PRESENT, at, None
        stay.during = DateRange(stay.during.lower, until)
        stay.save(update_fields=["state", "present_at", "ended_at", "during"])
        party.state, party.ended_at = ReservationState.ARRIVED, None
        party.save(update_fields=["state", "ended_at"])
        needs = frozenset(Need(need) for need in party.needs)
        if party.house_id and not lay_in(
            [stay], party.house_id, since=today, needs=needs
        ):
            raise HouseFull(
                _("The house has no free bed on these days. Find another house first.")
            )

    with_houses([party.house_id] if party.house_id else [], take)


def classify(*, stay: Stay, known: Known, by: Actor, at: datetime) -> list[Reservation]:
    """Give somebody a case class, and keep them as long as its rule says.

    Nobody's stay becomes shorter by it. Returns the parties whose beds were needed and
    for whom people must find others. Raises CannotClassify.
    """

    def take() -> list[Reservation]:
        row = Stay.objects.select_related("reservation").get(pk=stay.pk)
        today = day(at)
        groups = {one.code: one.group for one in classes_on(today)}
        if known.code not in groups:
            raise CannotClassify(_("This class is not on the list of today."))
        told = (known.onset_on, known.specimen_on, known.symptom_free_since)
        if not happened(told, today=today):
            raise CannotClassify(
                _("These days lie in the past: choose today or a day of the last year.")
            )
        until = leaves_on(
            known, group=groups[known.code], release=release_on(today), on=today
        )
        if until is None:
            raise CannotClassify(
                _(
                    "For this class, write down the day on which the symptoms began"
                    " or the specimen was taken."
                )
            )
        given = Classing.objects.create(
            stay=row,
            code=known.code,
            onset_on=known.onset_on,
            specimen_on=known.specimen_on,
            symptom_free_since=known.symptom_free_since,
            at=at,
            by_id=by.staff_id,
        )
        later("isolation.case_confirmed", classing_id=given.pk)
        record(
            "isolation.classified",
            target=row,
            by=by.username,
            region_code=row.reservation.region_code,
        )
        if row.state != StayState.PRESENT or until <= row.during.upper:
            return []
        return extend(row, until=until, at=at, by=by.username)

    return _locked(stay, take)


def _locked(stay: Stay, take: Callable[[], Done]) -> Done:
    return claim_scarce(
        locks=[Lock(Rank.PERSON, Stay.objects.filter(pk=stay.pk))],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )
