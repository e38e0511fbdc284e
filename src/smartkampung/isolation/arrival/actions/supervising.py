"""The three pillars come by: presence and safety, with position and photo."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, role_named
from smartkampung.audit.actions import record
from smartkampung.isolation.actions.beds import VISIT_AGAIN
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.isolation.arrival.rules.visits import (
    Found,
    Safety,
    metres,
)
from smartkampung.isolation.models import Stay
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within
from smartkampung.regions.distance import Position
from smartkampung.worklist.actions import close_work, open_work

AGAIN_WITHIN = timedelta(days=1)


class CannotVisit(Refused):
    """The person is not in isolation here, or the form was for somebody else."""

    code = "cannot_visit"


class ProofMissing(Refused):
    """A visit needs its position and its photo, or why there is none."""

    code = "proof_missing"


@dataclass(frozen=True)
class Seen:
    """What an officer found, where, and the photo of it."""

    found: Found
    safety: tuple[Safety, ...] = ()
    note: str = ""
    position: Position | None = None
    photo_id: uuid.UUID | None = None
    missing: str = ""


def visit(
    *, form_id: uuid.UUID, stay: Stay, seen: Seen, by: Actor, at: datetime
) -> SupervisionVisit:
    """Write down a visit; the same form sent twice is one visit.

    How far from the house it was made is kept with it. Raises CannotVisit and
    ProofMissing.
    """
    earlier = SupervisionVisit.objects.filter(pk=form_id).first()
    if earlier is not None:
        if earlier.stay_id != stay.pk:
            raise CannotVisit(_("This form was already sent. Open a new one."))
        return earlier
    if stay.state != StayState.PRESENT:
        raise CannotVisit(_("This person is not in isolation here any more."))
    region = stay.reservation.region_code
    refusal = ProofMissing(
        _("Add the position and a photo, or write why there is none.")
    )
    with atomic_or_refuse({"visit_shows_its_place": refusal}):
        row = SupervisionVisit.objects.create(
            id=form_id,
            stay=stay,
            officer_id=by.staff_id,
            role=role_named(by.role_for(Permission.ISOLATION_SUPERVISE)),
            found=seen.found,
            safety=[need.value for need in seen.safety],
            note=seen.note,
            lat=seen.position[0] if seen.position else None,
            lng=seen.position[1] if seen.position else None,
            metres=_distance(stay, seen.position),
            photo_id=seen.photo_id,
            missing=seen.missing,
            at=at,
        )
        record("isolation.visited", target=stay, by=by.username, region_code=region)
        close_work(target=stay, by=by.username, kinds=(VISIT_AGAIN,))
    return row


def ask_for_visit(*, stay_id: int, inside: str, since: datetime, at: datetime) -> bool:
    """Ask somebody to go again, because a visit does not count; say whether it was.

    Not where they are gone or somewhere else than ``inside``, nor where somebody came
    by on the day of ``since`` or later.
    """
    came = SupervisionVisit.objects.filter(
        stay=OuterRef("pk"), at__gte=start_of_day(day(since))
    )
    with as_job():
        stay = (
            Stay.objects.filter(~Exists(came), pk=stay_id, state=StayState.PRESENT)
            .filter(within("reservation__region_code", [inside]))
            .select_related("reservation")
            .first()
        )
    if stay is None:
        return False
    open_work(
        kind=VISIT_AGAIN,
        target=stay,
        permission=Permission.ISOLATION_SUPERVISE,
        region_code=stay.reservation.region_code,
        due_at=at + AGAIN_WITHIN,
    )
    return True


def _distance(stay: Stay, position: Position | None) -> int | None:
    house = stay.reservation.house
    if house is None or house.lat is None or house.lng is None or position is None:
        return None
    return metres((house.lat, house.lng), position)
