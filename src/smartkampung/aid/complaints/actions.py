"""Take in a complaint without a name, and answer it."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.complaints.queries import PURPOSE, hash_of
from smartkampung.aid.complaints.rules import ANSWER_WITHIN, Told
from smartkampung.aid.models import Complaint
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit, new_code
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.codes import ancestor
from smartkampung.worklist.actions import close_work, open_work

PER_VILLAGE = Limit("aid.complaint.village", 200, timedelta(days=1))
BUSY = _("Somebody else is working on this complaint. Please try again in a moment.")
ALREADY = _("This complaint was already answered.")
NOT_YOURS = _(
    "You recorded hand-overs in this village, so somebody else must answer this."
)


class TooManyComplaints(Refused):
    """A village was told about again and again today."""

    code = "too_many_complaints"


class CannotAnswerComplaint(Refused):
    """This officer may not answer this complaint now."""

    code = "cannot_answer_complaint"


def complain(*, told: Told, at: datetime) -> str:
    """Take in a complaint; return its code, which is shown once and never kept.

    The same form sent again gets the same code. Raises TooManyComplaints, and
    KeyReused when the form was sent before with other answers.
    """
    return answer_once(
        scope=PURPOSE,
        key=str(told.form_id),
        body=asdict(told),
        at=at,
        make=lambda: _take_in(told, at),
    ).text


def _take_in(told: Told, at: datetime) -> str:
    if over(PER_VILLAGE, key=told.region_code, at=at):
        raise TooManyComplaints(
            _(
                "Very many complaints about this village came in today. They are being"
                " handled. Please come back tomorrow."
            )
        )
    code = new_code()
    act_as(Kind.PUBLIC, tracking=hash_of(code))
    row = Complaint.objects.create(
        code_hash=hash_of(code),
        form_id=told.form_id,
        region_code=told.region_code,
        programme_id=told.programme or None,
        kind=told.kind,
        text=told.text,
        told_at=at,
        due_at=at + ANSWER_WITHIN,
    )
    # At the regency: no list of work of the village or the kecamatan reaches there.
    regency = ancestor(told.region_code, "regency")
    open_work(
        kind="aid.answer_complaint",
        target=row,
        permission=Permission.COMPLAINT_ANSWER,
        region_code=regency,
        due_at=row.due_at,
    )
    record("aid.complaint_told", target=row, by="public", region_code=regency)
    return code


def answer_complaint(
    *, complaint: Complaint, answer: str, by: Actor, at: datetime
) -> None:
    """Answer a complaint, for whoever holds its code; raise CannotAnswerComplaint."""

    def take() -> None:
        row = Complaint.objects.get(pk=complaint.pk)
        if row.answered_at is not None:
            raise CannotAnswerComplaint(ALREADY)
        row.answer, row.answered_at, row.answered_by_id = answer, at, by.staff_id
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        close_work(target=row, by=by.username)
        record(
            "aid.complaint_answered",
            target=row,
            by=by.username,
            region_code=ancestor(row.region_code, "regency"),
        )

    claim_scarce(
        locks=[Lock(Rank.PERSON, Complaint.objects.filter(pk=complaint.pk))],
        take=take,
        refusals={
            "complaint_answered_by_an_outsider": CannotAnswerComplaint(NOT_YOURS)
        },
        busy=Busy(BUSY),
    )
