"""Isolation says otherwise than the register: a human of the Puskesmas decides."""

from datetime import datetime, timedelta

from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.regions.codes import village_of
from smartkampung.reopening.cases.models import Case
from smartkampung.worklist.actions import close_work, open_work

DOUBTED = "cases.doubted"
TO_DECIDE = timedelta(days=3)


def open_doubt(case: Case, *, at: datetime) -> None:
    """Ask about a case whose class was taken back, or that came back after it was withdrawn."""
    open_work(
        kind=DOUBTED,
        target=case,
        permission=Permission.CASE_RECORD,
        region_code=village_of(case.region_code),
        due_at=at + TO_DECIDE,
    )


def close_doubt(case: Case, *, by: str) -> int:
    """End the question about a case; return how many there were."""
    return close_work(target=case, by=by, kinds=(DOUBTED,))


@transaction.atomic
def leave_case(*, case: Case, by: Actor) -> None:
    """Say that a case stays as it is, whatever isolation said of it."""
    if close_doubt(case, by=by.username):
        record("cases.left", target=case, by=by.username, region_code=case.region_code)
