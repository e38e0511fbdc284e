"""A place loses its certificate for a time, and gets it back after it passed again."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.notify.actions import send
from smartkampung.reopening.places.actions.certifying import issue_certificate
from smartkampung.reopening.places.actions.errors import CannotSuspend
from smartkampung.reopening.places.models import (
    Certificate,
    Inspection,
    Place,
    Suspension,
)
from smartkampung.reopening.places.queries.protocols import checklist_of
from smartkampung.reopening.places.queries.standing import (
    last_inspection,
    open_suspension,
)
from smartkampung.reopening.places.rules.standing import State, Suspending
from smartkampung.worklist.actions import close_work, open_work

SUSPEND, LIFT = "places.suspend", "places.lift"
DECIDE_WITHIN, LIFT_WITHIN = timedelta(days=1), timedelta(days=3)
SYSTEM = "system"
ANOTHER = _(
    "You inspected this place. Somebody else who may suspend places must decide."
)
NOT_PASSED = _(
    "The place has not passed an inspection by somebody else since it was suspended."
    " Let it be inspected first."
)
PASSED = "passed_meanwhile"
WANTING = "inspection_failed"
CLOSED = "place_closed"
GONE = _("This place is not in the register.")


def propose_suspension(*, visit: Inspection, at: datetime) -> None:
    """Propose to suspend a place that failed while its certificate hangs on the wall."""
    place = visit.place
    if open_suspension(place) or not _hangs(place):
        return
    row = Suspension.objects.create(
        place=place,
        inspection=visit,
        state=Suspending.PROPOSED,
        reason=WANTING,
        proposed_at=at,
        inspected_by=visit.by,
    )
    open_work(
        kind=SUSPEND,
        target=row,
        permission=Permission.PLACE_SUSPEND,
        region_code=place.region_code,
        due_at=at + DECIDE_WITHIN,
        urgent=True,
    )
    _note("places.suspension_proposed", place, visit.by)


def drop_proposal(*, suspension: Suspension, at: datetime) -> None:
    """Let a proposal go, because the place passed before anybody decided."""
    suspension.state, suspension.reason = Suspending.DROPPED, PASSED
    suspension.decided_by, suspension.decided_at = SYSTEM, at
    suspension.save()
    close_work(target=suspension, by=SYSTEM)


def end_suspensions(*, place: Place, by: Actor, at: datetime) -> None:
    """End what is proposed or open about a place that is closed, and its work."""
    row = open_suspension(place)
    if row is None:
        return
    if row.state == Suspending.PROPOSED:
        row.state, row.reason = Suspending.DROPPED, CLOSED
        row.decided_by, row.decided_at = SYSTEM, at
    else:
        row.state = Suspending.ENDED
    row.save()
    close_work(target=row, by=by.username)
    _note("places.suspension_ended", place, by.username)


def suspend_place(*, place: Place, reason: str, by: Actor, at: datetime) -> Suspension:
    """Suspend a place now; a proposal that waits is decided with it.

    Raises CannotSuspend for who inspected it last or made the visit that proposed it,
    or when it is suspended already.
    """
    place = _locked(place)
    found = open_suspension(place)
    if place.state != State.REGISTERED:
        raise CannotSuspend(GONE)
    if found and found.state == Suspending.OPEN:
        raise CannotSuspend(_("This place is suspended already."))
    visit = last_inspection(place)
    row = found or Suspension(place=place, inspection=visit, proposed_at=at)
    return _open(row, reason, by, at)


def decide_suspension(
    *, suspension: Suspension, agreed: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Suspend as proposed, or drop it with a reason. Raises CannotSuspend."""
    place = _locked(suspension.place)
    row = Suspension.objects.get(pk=suspension.pk)
    if place.state != State.REGISTERED:
        raise CannotSuspend(GONE)
    if row.state != Suspending.PROPOSED:
        raise CannotSuspend(_("Somebody has decided this already."))
    if not reason:
        raise CannotSuspend(_("Write why. The owner and the public read it."))
    if agreed:
        _open(row, reason, by, at)
        return
    _decide(row, Suspending.DROPPED, reason, by, at)
    _note("places.suspension_dropped", row.place, by.username)


def offer_lifting(*, suspension: Suspension, at: datetime) -> None:
    """Ask who may suspend places to lift one: the place has passed since."""
    open_work(
        kind=LIFT,
        target=suspension,
        permission=Permission.PLACE_SUSPEND,
        region_code=suspension.place.region_code,
        due_at=at + LIFT_WITHIN,
    )


def lift_suspension(*, suspension: Suspension, by: Actor, at: datetime) -> None:
    """Lift a suspension; the place gets a new certificate by the visit it passed.

    Raises CannotSuspend while its last visit did not pass, or was by the same officer,
    and for a place that was closed meanwhile.
    """
    place = _locked(suspension.place)
    row = Suspension.objects.get(pk=suspension.pk)
    if place.state != State.REGISTERED:
        raise CannotSuspend(GONE)
    if row.state != Suspending.OPEN:
        raise CannotSuspend(_("This place is not suspended."))
    visit = last_inspection(place)
    if visit is None or not visit.passed:
        raise CannotSuspend(NOT_PASSED)
    with atomic_or_refuse(
        {"suspension_lifted_after_passing": CannotSuspend(NOT_PASSED)}
    ):
        row.state, row.lifted_after = Suspending.LIFTED, visit
        row.lifted_by, row.lifted_at = by.username, at
        row.save()
    close_work(target=row, by=by.username)
    months = checklist_of(visit.protocol).months
    issue_certificate(visit=visit, months=months, by=by.username, at=at)
    _note("places.suspension_lifted", place, by.username)
    _tell(row, "lifted")


def _open(row: Suspension, reason: str, by: Actor, at: datetime) -> Suspension:
    _decide(row, Suspending.OPEN, reason, by, at)
    _note("places.suspended", row.place, by.username)
    _tell(row, "suspended")
    return row


def _decide(
    row: Suspension, state: Suspending, reason: str, by: Actor, at: datetime
) -> None:
    """Write a decision, which neither who proposed it nor the last visitor makes."""
    visit = last_inspection(row.place)
    row.inspected_by = visit.by if visit else ""
    another = CannotSuspend(ANOTHER)
    with atomic_or_refuse(
        {
            "suspension_not_by_who_inspected": another,
            "suspension_not_by_who_proposed": another,
        }
    ):
        row.state, row.reason = state, reason
        row.decided_by, row.decided_at = by.username, at
        row.save()
    close_work(target=row, by=by.username)


def _hangs(place: Place) -> bool:
    return Certificate.objects.filter(place=place, ended="").exists()


def _locked(place: Place) -> Place:
    return Place.objects.select_for_update(no_key=True).get(pk=place.pk)


def _tell(row: Suspension, what: str) -> None:
    send(
        key=f"places.{what}:{row.pk}",
        to=row.place.contact_phone,
        template="place_news",
    )


def _note(name: str, place: Place, by: str) -> None:
    record(name, target=place, by=by, region_code=place.region_code)
