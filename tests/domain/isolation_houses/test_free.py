"""Which houses have room on some days, and what everybody sees of that."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartkampung.isolation.houses.search import Search, found
from smartkampung.isolation.models import Bed, House, Opening, Room
from smartkampung.isolation.queries.free import (
    fitting,
    free_houses,
    last_day,
    seen_houses,
)
from smartkampung.isolation.queries.rooms import rooms_of, site_of
from smartkampung.isolation.rules.states import Need
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    act_as(Kind.JOB)
    caches["local"].clear()
    yield
    caches["local"].clear()


def free(since: date = ARRIVAL) -> dict[str, int]:
    """Return the free beds by house for somebody who arrives on a day."""
    return {one.name: one.free for one in free_houses(since, last_day(since))}


def test_a_bed_is_free_until_somebody_has_it_and_after_the_cleaning() -> None:
    house = a_house()
    assert free() == {"Balai Desa": 2}
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    gone = ARRIVAL + 14 * DAY
    assert free() == {"Balai Desa": 1}
    assert free(gone) == {"Balai Desa": 1}
    assert free(gone + DAY) == {"Balai Desa": 2}
    # Who leaves on the day on which the next comes leaves no day to clean.
    assert free(ARRIVAL - 14 * DAY) == {"Balai Desa": 1}
    assert free(ARRIVAL - 15 * DAY) == {"Balai Desa": 2}


def test_a_house_has_room_only_while_it_is_open_on_every_day() -> None:
    a_house()
    Opening.objects.update(during=(ARRIVAL, ARRIVAL + 14 * DAY))
    assert free() == {"Balai Desa": 2}
    assert free(ARRIVAL + DAY) == {}
    assert free(ARRIVAL - DAY) == {}


def test_full_houses_and_cots_are_told_apart() -> None:
    house = a_house(beds=1)
    Bed.objects.create(room=beds_of(house)[0].room, name="2", cot=True)
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    [one] = free_houses(ARRIVAL, last_day(ARRIVAL))
    assert (one.free, one.cots) == (0, 1)
    assert one.has == {Need.COT}
    assert fitting([one], people=1) == []
    assert fitting([one], people=0, needs=[Need.COT]) == [one]
    assert fitting([one], people=0, needs=[Need.WHEELCHAIR]) == []


def test_a_family_shares_a_room_unless_no_room_could_ever_hold_it() -> None:
    house = a_house()
    other = Room.objects.create(house=house, name="Kamar 2")
    Bed.objects.create(room=other, name="1")
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    [one] = free_houses(ARRIVAL, last_day(ARRIVAL))
    assert one.free == 2
    # Two would share the first room, but half of it is taken; three never fit in one.
    assert [one.holds(people) for people in (1, 2, 3)] == [True, False, False]
    Bed.objects.create(room=other, name="2")
    Bed.objects.create(room=other, name="3", cot=True)
    [one] = free_houses(ARRIVAL, last_day(ARRIVAL))
    assert [one.holds(people) for people in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_beds_to_choose_from_are_the_ones_counted() -> None:
    house = a_house(beds=3)
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[1])
    since, until = ARRIVAL, last_day(ARRIVAL)
    [room] = rooms_of(house.pk, since=since, until=until)
    assert len(room.free) == len(room.beds) - 1 == 2
    assert free_houses(since, until)[0].free == 2
    site = site_of(house.pk, since=since, until=until)
    assert site is not None
    assert site.free == 2


def test_everybody_sees_what_is_a_minute_old_at_most() -> None:
    house = a_house()
    days = (ARRIVAL, last_day(ARRIVAL))
    first = seen_houses(*days, at=MONDAY)
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    again = seen_houses(*days, at=MONDAY + timedelta(seconds=59))
    assert (again.as_of, again.houses[0].free) == (first.as_of, 2)
    caches["local"].clear()
    assert seen_houses(*days, at=MONDAY).houses[0].free == 1


def test_the_public_sees_free_beds_and_nothing_of_who_has_the_others() -> None:
    house = a_house()
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    act_as(Kind.PUBLIC)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert free() == {"Balai Desa": 1}
    read = " ".join(query["sql"] for query in asked)
    assert "isolation_stay" not in read
    assert "isolation_reservation" not in read


def test_many_houses_need_no_more_questions_than_one() -> None:
    for at in range(5):
        a_house(f"Rumah {at}")
    with CaptureQueriesContext(connection) as asked:
        free_houses(ARRIVAL, last_day(ARRIVAL))
    assert len(asked) == 2


def test_the_nearest_house_comes_first() -> None:
    a_house("Jauh", village=FAR_AWAY)
    a_house("Dekat", village=NEXT_DOOR)
    a_house("Entah")
    House.objects.filter(name="Jauh").update(lat=-8.5, lng=114.0)
    House.objects.filter(name="Entah").update(lat=None)
    Region.objects.filter(code=HERE).update(lat=-8.21, lng=114.3)
    answer = found(Search(ARRIVAL, near=HERE), at=MONDAY)
    assert [row.house.name for row in answer.rows] == ["Dekat", "Jauh", "Entah"]
    assert [row.km and round(row.km) for row in answer.rows] == [1, 46, None]
    inside = found(Search(ARRIVAL, inside=KECAMATAN), at=MONDAY)
    assert [row.house.name for row in inside.rows] == ["Entah", "Dekat"]
    assert found(Search(ARRIVAL, people=3), at=MONDAY).rows == []
    assert len(found(Search(ARRIVAL, people=3), at=MONDAY, full_too=True).rows) == 3
    assert found(Search(ARRIVAL, near=NEXT_DOOR), at=MONDAY).rows[0].km is None


def test_a_search_says_how_to_ask_it_again() -> None:
    asked = Search(ARRIVAL, 2, HERE, frozenset({Need.COT}), KECAMATAN)
    assert asked.asked(but="in") == [
        ("from", "2020-06-04"),
        ("people", "2"),
        ("village", HERE),
        ("need", "cot"),
    ]
