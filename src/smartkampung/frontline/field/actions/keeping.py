"""Write down a record with what became of it; what waits becomes work."""

from datetime import datetime, timedelta

from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.frontline.field.models import RESULT, Record
from smartkampung.frontline.field.queries.records import beside, came_after_the_end
from smartkampung.frontline.field.rules.arriving import WAITING, State
from smartkampung.frontline.field.rules.receipts import Verdict
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed
from smartkampung.worklist.actions import close_all_work, close_work, open_work

DUE = timedelta(days=2)


# By whether it may tell about health: one form, or all that an ended phone sent.
ONE = {False: "field.review", True: "field.review_health"}
PHONE = {False: "field.ended", True: "field.ended_health"}
MEND = "field.mend"
LOOKS = {False: Permission.FIELD_REVIEW, True: Permission.ISOLATION_HEALTH_VIEW}


def keep(row: Record, verdict: Verdict, *, by: str, at: datetime, through: str) -> None:
    """Write down a record with what became of it; what waits becomes work."""
    row.state, row.code = verdict.state, verdict.code
    row.words, row.errors = dict(verdict.words), dict(verdict.errors)
    row.result = Sealed.of(verdict.result, RESULT) if verdict.result else None
    new = row.pk is None
    if verdict.region_code:
        row.region_code = verdict.region_code
    with as_job():
        row.save()
    record(
        "field.record_received" if new else "field.record_judged_again",
        target=row,
        by=by,
        region_code=row.region_code,
        kind=row.kind,
        state=row.state,
        code=row.code,
        through=through,
    )
    if not new or row.state in WAITING:
        _work_on(row, by=by, at=at)
    if not new and row.state != State.SENT_BACK:
        close_work(target=row, by=by, kinds=(MEND,))


def _work_on(row: Record, *, by: str, at: datetime) -> None:
    """Let what waits be work; all that an ended phone sent is one piece of it."""
    ended, waits = came_after_the_end(row), row.state in WAITING
    with as_job():
        others = list(beside(row).exclude(pk=row.pk)) if ended else []
    if any(other.state in WAITING for other in others):
        return
    if waits:
        open_work(
            kind=(PHONE if ended else ONE)[row.health],
            target=row,
            permission=LOOKS[row.health],
            region_code=row.region_code,
            due_at=at + DUE,
            not_by=[row.staff.username],
        )
    elif ended:
        close_all_work(targets=[row, *others], by=by)
    else:
        close_work(target=row, by=by, kinds=(ONE[row.health],))
