"""Who dies or moves away leaves the list; who moves within takes the record along."""

from datetime import date

import pytest

from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.later import later
from smartkampung.recovery.affected.actions.life import take_notice
from smartkampung.recovery.affected.actions.situation import tell
from smartkampung.recovery.affected.models import Affected, FollowUp, Registration
from smartkampung.residents.models import LifeEvent, Person
from smartkampung.worklist.models import WorkItem
from tests.affected import LATER, actor, on_the_list, waiting
from tests.cast import NEXT_DOOR, RT_HERE, sari
from tests.domain.affected.test_course import WELL

pytestmark = pytest.mark.django_db
NEW_RT = f"{NEXT_DOOR}.001.001"


def happens(case: Affected, kind: str, **changes: str) -> LifeEvent:
    Person.objects.filter(pk=case.person_id).update(**changes)
    joined = NEW_RT if kind == "move" else ""
    return LifeEvent.objects.create(
        act="00000000-0000-4000-8000-000000000001",
        kind=kind,
        person_id=case.person_id,
        family_id=case.person.family_id,
        happened_on=date(2026, 11, 24),
        left_region=RT_HERE,
        joined_region=joined,
        recorded_by="sari",
        recorded_at=LATER,
    )


@pytest.mark.parametrize(("kind", "status"), [("death", "dead"), ("move_out", "moved")])
def test_who_is_gone_leaves_the_list(kind: str, status: str) -> None:
    case = waiting()
    event = happens(case, kind, status=status)
    later("residents.life_event", event_id=event.pk)
    run_waiting()
    case.refresh_from_db()
    assert case.state == "left"
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_nobody_looks_for_the_dead() -> None:
    officer = sari()
    case = on_the_list(officer)
    tell(affected=case, now=WELL, by=actor(officer), at=LATER)
    case.refresh_from_db()
    take_notice(event_id=happens(case, "death", status="dead").pk, at=LATER)
    assert set(FollowUp.objects.values_list("outcome", flat=True)) == {"not_found"}
    case.refresh_from_db()
    assert case.state == "recovered"


def test_the_record_moves_along() -> None:
    case = waiting()
    event = happens(case, "move", region_code=NEW_RT)
    take_notice(event_id=event.pk, at=LATER)
    take_notice(event_id=event.pk, at=LATER)
    case.refresh_from_db()
    assert (case.region_code, case.state) == (NEW_RT, "to_verify")
    assert Registration.objects.get().region_code == NEW_RT
    assert WorkItem.objects.get(closed_at=None).region_code == NEW_RT


def test_other_events_change_nothing() -> None:
    case = waiting()
    take_notice(event_id=happens(case, "death").pk, at=LATER)  # came back to life
    case.refresh_from_db()
    assert case.state == "to_verify"
