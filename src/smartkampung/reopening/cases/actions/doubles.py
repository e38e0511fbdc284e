"""Two cases that may be of one person become work, until somebody says which they are."""

from datetime import datetime, timedelta

from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import ancestor, village_of
from smartkampung.reopening.cases.models import Case
from smartkampung.reopening.cases.queries.twins import same_name, same_nik
from smartkampung.worklist.actions import close_work, open_work

TWICE = "cases.twice"
TO_DECIDE = timedelta(days=3)


def tell_of_two(case: Case, *, at: datetime) -> None:
    """Open work where a case may be of somebody who was told of before.

    Whoever records learns nothing of cases outside their area, not by a refusal
    either: of one NIK in two places Dinkes decides, who sees both. One name in a
    village, told of by isolation and by its Puskesmas, is the business of the latter.
    """
    with as_job():
        if same_nik(case).exists():
            place = ancestor(case.region_code, "regency")
        elif same_name(case).exists():
            place = village_of(case.region_code)
        else:
            return
        open_work(
            kind=TWICE,
            target=case,
            permission=Permission.CASE_RECORD,
            region_code=place,
            due_at=at + TO_DECIDE,
        )


def close_two(case: Case, *, by: str) -> None:
    """End the work about a case that stands no more, and about whom it left alone."""
    close_work(target=case, by=by, kinds=(TWICE,))
    with as_job():
        for other in (same_nik(case) | same_name(case))[:20]:
            if not (same_nik(other) | same_name(other)).exclude(pk=case.pk).exists():
                close_work(target=other, by=by, kinds=(TWICE,))


@transaction.atomic
def two_people(*, case: Case, by: Actor, at: datetime) -> bool:
    """Say that those who bear one name are two people: both stand.

    Returns False, and changes nothing, where a NIK says that they are one.
    """
    with as_job():
        if same_nik(case).exists():
            return False
        rows = [case, *same_name(case)]
    for row in rows:
        close_work(target=row, by=by.username, kinds=(TWICE,))
    record(
        "cases.two_people",
        target=case,
        by=by.username,
        region_code=case.region_code,
        others=[row.pk for row in rows[1:]],
    )
    return True
