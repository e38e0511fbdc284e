"""Visitors say what is not kept; inspectors answer, and look again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case, reach_step
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.reopening.places.actions.errors import (
    OwnPlace,
    PlaceRefused,
    TooMany,
)
from smartkampung.reopening.places.actions.registering import INSPECT
from smartkampung.reopening.places.models import Complaint, Place
from smartkampung.reopening.places.rules.telling import ComplaintStep
from smartkampung.worklist.actions import close_work, open_work

CASE_KIND, ANSWER = "places.complaint", "places.complaint"
ANSWER_WITHIN, LOOK_WITHIN = timedelta(days=3), timedelta(days=3)
PER_PLACE = Limit("places.complaints", 20, timedelta(days=1))


def complain(
    *, place: Place, form_id: UUID, text: str, photo: UUID | None, at: datetime
) -> str:
    """Take in a complaint; return the code by which its answer is read.

    The same form sent again gets the same code. Raises TooMany.
    """

    def make() -> str:
        if over(PER_PLACE, key=str(place.pk), at=at):
            raise TooMany(
                _(
                    "Many people wrote about this place today. The officers know, and"
                    " look at it. You need not write again."
                )
            )
        code = open_case(
            kind=CASE_KIND,
            region_code=place.region_code,
            first_step=ComplaintStep.RECEIVED,
            due_on=day(at + ANSWER_WITHIN),
            at=at,
        )
        row = Complaint.objects.create(
            place=place,
            form_id=form_id,
            code_hash=code_hash(code),
            text=text,
            photo_id=photo,
            at=at,
        )
        open_work(
            kind=ANSWER,
            target=row,
            permission=Permission.PLACE_INSPECT,
            region_code=place.region_code,
            due_at=at + ANSWER_WITHIN,
        )
        record(
            "places.complained", target=row, by="public", region_code=place.region_code
        )
        return code

    body = {"place": place.pk, "text": text, "photo": photo}
    return answer_once(
        scope=CASE_KIND, key=str(form_id), body=body, at=at, make=make
    ).text


def answer_complaint(
    *, complaint: Complaint, answer: str, inspects: bool, by: Actor, at: datetime
) -> None:
    """Answer a complaint, for its writer to read; with ``inspects`` go and look.

    Raises OwnPlace for who runs the place, PlaceRefused when it was answered.
    """
    row = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    if row.answered_at is not None:
        raise PlaceRefused(_("This complaint was answered already."))
    own = OwnPlace(_("You run this place. Somebody else must answer."))
    with atomic_or_refuse({"place_complaint_not_by_who_runs_it": own}):
        row.answer, row.inspects = answer, inspects
        row.answered_by, row.answered_at = by.username, at
        row.save()
    close_work(target=row, by=by.username)
    reach_step(code_hashes=[bytes(row.code_hash)], step=ComplaintStep.ANSWERED, at=at)
    if inspects:
        _look_soon(row.place, by, at)
    record(
        "places.complaint_answered",
        target=row,
        by=by.username,
        region_code=row.place.region_code,
        inspects=inspects,
    )


def _look_soon(place: Place, by: Actor, at: datetime) -> None:
    close_work(target=place, by=by.username, kinds=(INSPECT,))
    open_work(
        kind=INSPECT,
        target=place,
        permission=Permission.PLACE_INSPECT,
        region_code=place.region_code,
        due_at=at + LOOK_WITHIN,
        urgent=True,
    )
