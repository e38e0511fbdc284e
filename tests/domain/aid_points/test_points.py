"""Points: people are called to a place and an hour, as far as there is room."""

from datetime import time, timedelta
from typing import Any

import pytest

from smartkampung.aid.actions.batch import BatchRefused, mark_ready, remove_dues
from smartkampung.aid.actions.news import tell_batch
from smartkampung.aid.models import Batch, Entitlement, Point
from smartkampung.aid.points.actions import (
    PlanIncomplete,
    close_point,
    discard_point,
    fill_point,
)
from smartkampung.aid.points.queries import Tally, areas_of, counts_of, meeting_of
from smartkampung.aid.points.rules import Fault
from smartkampung.aid.queries.outcome import latest_outcome
from smartkampung.aid.rules.handover import Outcome
from smartkampung.notify.models import Message
from smartkampung.residents.models import Family
from tests import cases, cast, points, population
from tests.cases import NOW, TODAY
from tests.domain.aid.test_promises import Broken

pytestmark = pytest.mark.django_db


def tally(point: Point) -> Tally:
    """Return how far a point has come."""
    return counts_of([point], Entitlement.objects.all())[point.pk]


def test_people_of_an_rt_are_called_until_the_point_is_full() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 3)
    [area] = areas_of(desk.endang, batch)
    assert (area.code, area.waiting) == (cast.RT_HERE, 3)
    first = points.opened(desk, batch)
    assert len(points.called(first)) == 2
    assert fill_point(point=first, by=desk.endang, at=NOW) == 0
    second = points.opened(desk, batch, starts=time(13), ends=time(15))
    assert len(points.called(second)) == 1
    assert areas_of(desk.endang, batch) == []
    with pytest.raises(BatchRefused):
        points.opened(desk, batch)


def test_each_family_is_told_its_own_place_and_hour() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk, population.wayan()))
    tell_batch(batch_id=batch.pk)
    point = points.opened(desk, batch)
    tell_batch(batch_id=batch.pk)
    tell_batch(batch_id=batch.pk)
    told = Message.objects.filter(template="collect").order_by("pk")
    places = [message.context["place"] for message in told]
    assert places == ["Balai desa", "Balai RW 002, 08.00–10.30 WIB"]
    [due] = points.called(point)
    meeting = meeting_of(due)
    assert meeting is not None
    assert meeting.starts == time(8)
    assert due.claim is not None
    outcome = latest_outcome(due.claim, at=NOW)
    assert outcome is not None
    assert outcome.place == "Balai RW 002, 08.00–10.30 WIB"


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        ({"ends": time(8)}, Fault.ENDS_BEFORE_IT_STARTS),
        ({"areas": ()}, Fault.NOBODY_IS_CALLED),
    ],
)
def test_everything_that_is_wrong_is_said(plan: dict[str, Any], fault: Fault) -> None:
    desk = cases.desk()
    with pytest.raises(PlanIncomplete) as caught:
        points.opened(desk, cases.draft(desk), **plan)
    assert caught.value.faults == [fault]


@pytest.mark.parametrize(
    "plan", [{"on": TODAY - timedelta(days=1)}, {"areas": (cast.FAR_AWAY,)}]
)
def test_a_point_is_soon_and_inside_the_kecamatan(plan: dict[str, Any]) -> None:
    desk = cases.desk()
    with pytest.raises(BatchRefused):
        points.opened(desk, cases.draft(desk), **plan)


def test_the_count_follows_and_the_rest_waits_when_the_point_closes() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 4)
    point = points.opened(desk, batch, capacity=4)
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    assert tally(point) == Tally(called=4, waiting=4)
    first, second, third, _last = points.called(point)
    cases.call(first, desk.sari)
    cases.call(second, desk.sari, Outcome.ABSENT)
    with pytest.raises(BatchRefused):
        discard_point(point=point, by=desk.endang, at=NOW)
    cases.call(third, desk.sari, Outcome.ABSENT)
    cases.call(third, desk.sari)
    assert tally(point) == Tally(called=4, handed=2, absent=1, waiting=1)
    assert close_point(point=point, by=desk.endang, at=NOW) == {"FOOD_PACK": 2}
    assert len(points.called(point)) == 2
    for act in (fill_point, close_point, discard_point):
        with pytest.raises(BatchRefused):
            act(point=point, by=desk.endang, at=NOW)
    next_one = points.opened(desk, batch, starts=time(13), ends=time(15))
    assert len(points.called(next_one)) == 2


def test_a_point_is_taken_away_before_anybody_came() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 2)
    point = points.opened(desk, batch)
    assert discard_point(point=point, by=desk.endang, at=NOW) == 2
    assert Point.objects.count() == 0


def test_leave_point_with_batch() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 1)
    point = points.opened(desk, batch)
    [due] = points.called(point)
    remove_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)
    assert points.called(point) == []


def test_nobody_without_a_batch_is_called_anywhere() -> None:
    assert meeting_of(cases.approved(cases.desk())) is None


def test_a_family_without_a_phone_is_called_all_the_same() -> None:
    desk = cases.desk()
    due = cases.approved(desk, population.wayan())
    Family.objects.update(phone=None)
    batch = cases.announced(desk, due)
    point = points.opened(desk, batch)
    tell_batch(batch_id=batch.pk)
    assert len(points.called(point)) == 1
    assert not Message.objects.filter(template="collect").exists()


def test_entitlement_point_has_room() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 3)
    point = points.opened(desk, batch)
    with Broken("entitlement_point_has_room"):
        Entitlement.objects.filter(batch=batch).update(point=point)


def test_entitlement_point_of_its_batch() -> None:
    desk = cases.desk()
    point = points.opened(desk, points.filled(desk, 1))
    other = cases.draft(desk, stage=2)
    with Broken("entitlement_point_of_its_batch"):
        Entitlement.objects.update(batch=other)
        Entitlement.objects.update(point=point)


def breaks(name: str, **change: Any) -> None:
    """Change a point past the actions."""
    desk = cases.desk()
    point = points.opened(desk, points.filled(desk, 2))
    with Broken(name):
        Point.objects.filter(pk=point.pk).update(**change)


def test_point_keeps_its_places() -> None:
    breaks("point_keeps_its_places", capacity=1)


def test_point_ends_after_it_starts() -> None:
    breaks("point_ends_after_it_starts", ends=time(8))


def test_point_takes_somebody() -> None:
    desk = cases.desk()
    point = points.opened(desk, cases.draft(desk))
    with Broken("point_takes_somebody"):
        Point.objects.filter(pk=point.pk).update(capacity=0)


def test_point_end_is_signed() -> None:
    breaks("point_end_is_signed", closed_at=NOW)


def test_point_once() -> None:
    desk = cases.desk()
    point = points.opened(desk, cases.draft(desk))
    point.pk = None
    with Broken("point_once"):
        point.save(force_insert=True)


def test_an_empty_batch_is_discarded_with_its_points() -> None:
    desk = cases.desk()
    points.opened(desk, cases.draft(desk))
    Batch.objects.all().delete()
    assert Point.objects.count() == 0
