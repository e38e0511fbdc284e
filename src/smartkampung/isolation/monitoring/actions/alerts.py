"""Tell whoever stands on the ladder, take their answer, and go one rung up in time."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record, record_all
from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.protocol.queries import rung_of
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.worklist.actions import (
    close_work,
    open_all_work,
    open_work,
    urge_all_work,
)

BUSY = _("Somebody else is answering this. Please try again in a moment.")


class AlreadyAnswered(Refused):
    """Somebody has closed this alert."""

    code = "alert_already_answered"


def escalate(stay: Stay, trigger: Trigger, *, at: datetime, by: str) -> Escalation:
    """Tell whoever the ladder names; once while it is open."""
    rung = rung_of(trigger, day(at))
    with as_job():  # who reports themselves sees no alert, and raises one all the same
        row, made = Escalation.objects.get_or_create(
            stay=stay,
            trigger=trigger,
            closed_at=None,
            defaults={
                "health": rung.health,
                "opened_at": at,
                "due_at": at + rung.within,
            },
        )
        if made:
            region = stay.reservation.region_code
            open_work(
                kind=rung.kind,
                target=row,
                permission=rung.permission,
                region_code=region,
                due_at=row.due_at,
            )
            record(
                "isolation.escalated",
                target=row,
                by=by,
                region_code=region,
                kind=rung.kind,
            )
    return row


def acknowledge(*, escalation: Escalation, by: Actor, at: datetime) -> None:
    """Write down that somebody goes now; the clock stops. Raises AlreadyAnswered."""

    def take() -> None:
        row = _open(escalation)
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by_id = at, by.staff_id
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
            _note("isolation.alert_acknowledged", row, by.username)

    _locked(escalation, take)


def settle(*, escalation: Escalation, note: str, by: Actor, at: datetime) -> None:
    """Close an alert with what came of it. Raises AlreadyAnswered."""

    def take() -> None:
        row = _open(escalation)
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by_id = at, by.staff_id
        row.closed_at, row.closed_by, row.note = at, by.username, note
        row.save()
        close_work(target=row, by=by.username)
        _note("isolation.alert_settled", row, by.username)

    _locked(escalation, take)


def answered(stay: Stay, triggers: Iterable[Trigger], *, at: datetime, by: str) -> None:
    """Close the alerts about somebody that what happened has answered."""
    with as_job():
        rows = Escalation.objects.filter(
            stay=stay, trigger__in=list(triggers), closed_at=None
        )
        for row in rows:
            row.closed_at, row.closed_by = at, by
            row.save(update_fields=["closed_at", "closed_by"])
            close_work(target=row, by=by)
            _note("isolation.alert_answered", row, by)


def pass_once(*, at: datetime) -> int:
    """Make what is due, tell of what was missed, go a rung up where nobody answered.

    Run again at once it does nothing more. Returns how many alerts are new.
    """
    bulk.generate(at=at)
    made = bulk.escalate(at=at)
    for trigger in Trigger:
        rows = [(row, region) for row, region in made if row.trigger == trigger]
        rung = rung_of(trigger, day(at))
        open_all_work(
            kind=rung.kind,
            targets=rows,
            permission=rung.permission,
            due_at=at + rung.within,
        )
    record_all(
        "isolation.escalated",
        targets=made,
        by="isolation.monitor",
    )
    late = bulk.raise_late(at=at)
    urge_all_work(targets=late)
    return len(made)


def _open(escalation: Escalation) -> Escalation:
    row = Escalation.objects.select_related("stay__reservation").get(pk=escalation.pk)
    if row.closed_at is not None:
        raise AlreadyAnswered(_("Somebody has answered this already."))
    return row


def _locked(escalation: Escalation, take: Callable[[], None]) -> None:
    claim_scarce(
        locks=[Lock(Rank.PERSON, Stay.objects.filter(pk=escalation.stay_id))],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def _note(name: str, row: Escalation, by: str) -> None:
    region = row.stay.reservation.region_code
    record(name, target=row, by=by, region_code=region)
