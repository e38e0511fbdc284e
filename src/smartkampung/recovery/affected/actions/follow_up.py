"""Look again at who recovered; who fell back gets a new record, linked to the old."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import WIB, day
from smartkampung.kernel.errors import Refused
from smartkampung.notify.actions import send
from smartkampung.recovery.affected.actions.match import COPIED, VERIFY
from smartkampung.recovery.affected.actions.situation import FOLLOW_UP, RECOVERY
from smartkampung.recovery.affected.models import Affected, FollowUp, Registration
from smartkampung.recovery.affected.rules.course import FOLLOW_UP_DUE, State
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE
from smartkampung.worklist.actions import close_all_work, close_work, open_work

ROBOT = "follow_up"
AT_ONCE = 2_000
BETWEEN = 0  # months: a look that no calendar asked for
Outcome = FollowUp.Outcome


class CannotFollowUp(Refused):
    """It was answered, or there is nothing to look at any more."""

    code = "cannot_follow_up"


def open_due(*, at: datetime) -> int:
    """Put every look that is due on the list, and ask the people; safe to repeat."""
    rows = FollowUp.objects.filter(
        due_on__lte=day(at), outcome="", affected__state=State.RECOVERED
    ).select_related("affected")
    due = list(rows.order_by("due_on", "pk")[:AT_ONCE])
    for row in due:
        open_work(
            kind=FOLLOW_UP,
            target=row,
            permission=Permission.AFFECTED_VERIFY,
            region_code=row.affected.region_code,
            due_at=datetime.combine(row.due_on, time(16), tzinfo=WIB) + FOLLOW_UP_DUE,
        )
    phones = _phones([row.affected_id for row in due])
    for row in due:
        sent = phones.get(row.affected_id)
        if sent is not None:
            send(
                key=f"affected.follow_up:{row.pk}",
                to=sent.phone,
                template="affected_how",
                language=sent.language,
            )
    return len(due)


def answer_follow_up(
    *, follow_up: FollowUp, outcome: Outcome, note: str = "", by: Actor, at: datetime
) -> Affected | None:
    """Write down what a look found; return the new record of who fell back.

    Raises CannotFollowUp.
    """
    rows = Affected.objects.select_for_update(no_key=True)
    case = rows.get(pk=follow_up.affected_id)
    row = FollowUp.objects.get(pk=follow_up.pk)
    if row.outcome or case.state != State.RECOVERED:
        raise CannotFollowUp(_("This was answered meanwhile."))
    row.outcome, row.note = outcome, note
    row.answered_by, row.answered_at = by.username, at
    row.save()
    close_work(target=row, by=by.username)
    _note(case, row.months, outcome, by)
    return _reopen(case, by=by, at=at) if outcome == Outcome.FELL_BACK else None


def look_between(
    *, affected: Affected, outcome: Outcome, by: Actor, at: datetime
) -> Affected | None:
    """Write down a look between the months; return the new record of who fell back.

    For who told by their code that it got worse. Raises CannotFollowUp.
    """
    rows = Affected.objects.select_for_update(no_key=True)
    case = rows.get(pk=affected.pk)
    if case.state != State.RECOVERED:
        raise CannotFollowUp(_("This was answered meanwhile."))
    FollowUp.objects.create(
        affected=case,
        months=BETWEEN,
        due_on=day(at),
        outcome=outcome,
        answered_by=by.username,
        answered_at=at,
    )
    close_work(target=case, by=by.username, kinds=(RECOVERY,))
    _note(case, BETWEEN, outcome, by)
    return _reopen(case, by=by, at=at) if outcome == Outcome.FELL_BACK else None


def _note(case: Affected, months: int, outcome: Outcome, by: Actor) -> None:
    record(
        "affected.followed_up",
        target=case,
        by=by.username,
        region_code=case.region_code,
        months=months,
        outcome=outcome.value,
    )


def _reopen(case: Affected, *, by: Actor, at: datetime) -> Affected:
    """Open a record after a recovered one; one that was opened meanwhile serves.

    What was told before is copied; somebody else than ``by`` verifies it.
    """
    left = list(FollowUp.objects.filter(affected=case, outcome=""))
    close_all_work(targets=left, by=by.username)
    FollowUp.objects.filter(pk__in=[row.pk for row in left]).update(
        outcome=Outcome.FELL_BACK, answered_by=by.username, answered_at=at
    )
    close_work(target=case, by=by.username, kinds=(RECOVERY,))
    again = _open_again(case, at)
    open_work(
        kind=VERIFY,
        target=again,
        permission=Permission.AFFECTED_VERIFY,
        region_code=again.region_code,
        due_at=at + VERIFY_DUE,
    )
    record(
        "affected.reopened",
        target=again,
        by=by.username,
        region_code=again.region_code,
        after=case.pk,
    )
    return again


def _open_again(case: Affected, at: datetime) -> Affected:
    rows = Affected.objects.filter(person=case.person_id, state__in=Affected.OPEN)
    open_now = rows.first()
    if open_now is not None:
        return open_now
    with transaction.atomic():
        return Affected.objects.create(
            person_id=case.person_id,
            region_code=case.region_code,
            state=State.TO_VERIFY,
            opened_at=at,
            again_after=case,
            **{name: getattr(case, name) for name in COPIED},
        )


def _phones(records: list[int]) -> dict[int | None, Registration]:
    rows = Registration.objects.filter(
        affected__in=records, phone__isnull=False, code_hash__isnull=False
    )
    return {row.affected_id: row for row in rows.order_by("-pk")}
