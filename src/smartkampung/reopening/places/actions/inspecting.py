"""Owners look at their own place, inspectors look at those of others."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.reopening.places.actions.certifying import issue_certificate
from smartkampung.reopening.places.actions.errors import OwnPlace, PlaceRefused
from smartkampung.reopening.places.actions.registering import INSPECT
from smartkampung.reopening.places.actions.suspending import (
    drop_proposal,
    offer_lifting,
    propose_suspension,
)
from smartkampung.reopening.places.models import (
    Inspection,
    InspectionPhoto,
    Place,
    ProtocolVersion,
    SelfAssessment,
)
from smartkampung.reopening.places.queries.protocols import checklist_on
from smartkampung.reopening.places.queries.standing import open_suspension
from smartkampung.reopening.places.rules.protocol import Checklist, score
from smartkampung.reopening.places.rules.standing import State, Suspending
from smartkampung.reopening.places.rules.telling import ComplaintStep
from smartkampung.worklist.actions import close_work, open_work

AGAIN_WITHIN = timedelta(days=14)
OWN = _("You run this place. Somebody else must inspect it.")


def assess_own(
    *, place: Place, form_id: UUID, kept: Collection[str], at: datetime
) -> SelfAssessment:
    """Write down what the owner says of their place; the same form is one assessment.

    Raises PlaceRefused for a place that is not in the register.
    """
    version, checklist = _checklist(place, at)
    answers = _known(kept, checklist)
    result = score(checklist, dict.fromkeys(answers, True))
    row, new = SelfAssessment.objects.get_or_create(
        form_id=form_id,
        defaults={
            "place": place,
            "protocol": version,
            "kept": answers,
            "points": result.points,
            "failed": list(result.failed),
            "at": at,
        },
    )
    if new:
        record(
            "places.assessed",
            target=place,
            by="public",
            region_code=place.region_code,
            points=result.points,
        )
    return row


def inspect_place(
    *,
    place: Place,
    form_id: UUID,
    kept: Collection[str],
    note: str,
    photos: Sequence[UUID] = (),
    by: Actor,
    at: datetime,
) -> Inspection:
    """Write down what was found. The same form sent again is the same visit.

    A visit that passes gives a certificate, unless the place is suspended: then
    somebody else decides whether that is lifted. One that fails proposes to suspend
    what hangs on the wall. Raises PlaceRefused and OwnPlace.
    """
    with atomic_or_refuse({"place_inspection_not_by_who_runs_it": OwnPlace(OWN)}):
        # Two visits at once, or a visit and a decision, stand in line here.
        place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
        version, checklist = _checklist(place, at)
        answers = _known(kept, checklist)
        result = score(checklist, dict.fromkeys(answers, True))
        visit, new = Inspection.objects.get_or_create(
            form_id=form_id,
            defaults={
                "place": place,
                "protocol": version,
                "kept": answers,
                "points": result.points,
                "needed": checklist.needed,
                "failed": list(result.failed),
                "passed": result.passed,
                "note": note,
                "by": by.username,
                "at": at,
            },
        )
        if new:
            InspectionPhoto.objects.bulk_create(
                InspectionPhoto(inspection=visit, upload_id=photo) for photo in photos
            )
            _follow(visit, checklist, by, at)
    return visit


def _checklist(place: Place, at: datetime) -> tuple[ProtocolVersion, Checklist]:
    if place.state != State.REGISTERED:
        raise PlaceRefused(_("This place is not in the register."))
    found = checklist_on(place.kind, day(at))
    if found is None:
        raise PlaceRefused(_("No protocol holds for such places yet."))
    return found


def _known(kept: Collection[str], checklist: Checklist) -> list[str]:
    return [item.code for item in checklist.items if item.code in kept]


def _follow(visit: Inspection, checklist: Checklist, by: Actor, at: datetime) -> None:
    place = visit.place
    close_work(target=place, by=by.username, kinds=(INSPECT,))
    record(
        "places.inspected",
        target=place,
        by=by.username,
        region_code=place.region_code,
        points=visit.points,
        passed=visit.passed,
        failed=visit.failed,
    )
    suspension = open_suspension(place)
    if not visit.passed:
        propose_suspension(visit=visit, at=at)
        open_work(
            kind=INSPECT,
            target=place,
            permission=Permission.PLACE_INSPECT,
            region_code=place.region_code,
            due_at=at + AGAIN_WITHIN,
        )
    elif suspension and suspension.state == Suspending.OPEN:
        offer_lifting(suspension=suspension, at=at)
    else:
        if suspension:
            drop_proposal(suspension=suspension, at=at)
        issue_certificate(visit=visit, months=checklist.months, by=by.username, at=at)
    waiting = place.complaints.filter(inspects=True, answered_at__lt=at)
    reach_step(
        code_hashes=[bytes(row.code_hash) for row in waiting],
        step=ComplaintStep.INSPECTED,
        at=at,
    )
