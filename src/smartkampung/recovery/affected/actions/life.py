"""What a death or a move does to records: they close, or they move along."""

from datetime import datetime

from smartkampung.audit.actions import record
from smartkampung.recovery.affected.actions.verify import announce
from smartkampung.recovery.affected.models import Affected, FollowUp, Registration
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.rules.registration import Step
from smartkampung.residents.actions.notice import take
from smartkampung.residents.rules.life import LIVING, Kind
from smartkampung.worklist.actions import close_all_work, close_work, readdress_work

DOMAIN = "affected"
ROBOT = "life_events"


def take_notice(*, event_id: int, at: datetime) -> None:
    """Act on one life event, unless this registry has done so before."""
    event = take(domain=DOMAIN, event_id=event_id, at=at)
    if event is None:
        return
    person = event.person
    rows = Affected.objects.select_for_update(no_key=True).filter(person=person)
    if event.kind in {Kind.DEATH, Kind.MOVE_OUT} and person.status != LIVING:
        for case in rows.order_by("pk"):
            _close(case, person.status, at)
    elif event.kind == Kind.MOVE:
        for case in rows.exclude(region_code=person.region_code).order_by("pk"):
            _move(case, person.region_code)


def _close(case: Affected, status: str, at: datetime) -> None:
    looks = list(FollowUp.objects.filter(affected=case, outcome=""))
    close_all_work(targets=looks, by=ROBOT)
    FollowUp.objects.filter(pk__in=[look.pk for look in looks]).update(
        outcome=FollowUp.Outcome.NOT_FOUND, answered_by=ROBOT, answered_at=at
    )
    if case.state not in Affected.OPEN:
        return
    case.state, case.closed_at = State.LEFT, at
    case.save(update_fields=["state", "closed_at"])
    close_work(target=case, by=ROBOT)
    announce(case, Step.CLOSED, at=at)
    record(
        "affected.left",
        target=case,
        by=ROBOT,
        region_code=case.region_code,
        status=status,
    )


def _move(case: Affected, region_code: str) -> None:
    before, case.region_code = case.region_code, region_code
    case.save(update_fields=["region_code"])
    # Who looks after the record now must be able to read what was told.
    Registration.objects.filter(affected=case).update(region_code=region_code)
    readdress_work(target=case, region_code=region_code)
    for look in case.follow_ups.filter(outcome=""):
        readdress_work(target=look, region_code=region_code)
    record(
        "affected.moved", target=case, by=ROBOT, region_code=region_code, before=before
    )
