"""The figures count what stands in the tables, and only in the reader's places."""

from datetime import date, datetime, timedelta

import pytest
from django.http import Http404

from smartkampung.accounts.queries import actor_for
from smartkampung.isolation.figures import queries
from smartkampung.isolation.figures.queries import Area, HouseToday
from smartkampung.isolation.figures.queries.arrivals import Arrivals, Origin
from smartkampung.isolation.figures.queries.houses import Beds
from smartkampung.isolation.figures.queries.people import Load
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.models import House
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    SURABAYA,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)

pytestmark = pytest.mark.django_db
TODAY = ARRIVAL + timedelta(days=3)
WINDOW = Window.around(TODAY, before=5, after=15)
DENPASAR = "51.71"
SUMBERWANGI, BOTH = Area((HERE,), True), Area((HERE, NEXT_DOOR), True)
EVERYWHERE = Area((REGENCY,), True)


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def occupied() -> House:
    """Let Wayan have come three days ago, and another be expected in two."""
    house = a_house(beds=3)
    first, second, third = beds_of(house)
    came = a_reservation(house, state="arrived")
    stay = a_stay(came, state="present", bound=True)
    a_bed_use(stay, first)
    later = TODAY + timedelta(days=2)
    coming = a_reservation(house, arrives_on=later, origin_code=DENPASAR)
    expected = a_stay(coming, during=days(later), name="Putu")
    a_bed_use(expected, second, during=days(later), taken=days(later, 15))
    a_bed_use(
        None, third, work="atap bocor", during=days(TODAY, 1), taken=days(TODAY, 1)
    )
    return house


def test_occupancy_counts_open_beds_and_taken_ones_by_day() -> None:
    occupied()
    found = queries.occupancy(SUMBERWANGI, WINDOW)
    assert found[ARRIVAL - timedelta(days=1)] == Beds(open=3, taken=0)
    assert found[ARRIVAL] == Beds(open=3, taken=1)
    assert found[TODAY] == Beds(open=2, taken=1)  # the roof is mended
    assert found[TODAY + timedelta(days=2)] == Beds(open=3, taken=2)
    assert found[ARRIVAL + timedelta(days=14)] == Beds(open=3, taken=1)


def test_a_bed_is_counted_before_its_house_opened_nor_after_it_closed() -> None:
    a_house(beds=2)
    shut = Window.around(date(2020, 4, 1), before=1, after=0)
    assert [beds.open for beds in queries.occupancy(SUMBERWANGI, shut).values()] == [
        0,
        2,
    ]


def test_a_cancelled_bed_counts_as_free() -> None:
    house = a_house(beds=1)
    stay = a_stay(a_reservation(house), state="cancelled")
    a_bed_use(stay, beds_of(house)[0], live=False)
    assert queries.occupancy(SUMBERWANGI, WINDOW)[TODAY] == Beds(open=1, taken=0)


def test_each_house_says_how_many_of_its_beds_are_free_tonight() -> None:
    house = occupied()
    other = a_house("Rumah Pak Karto", beds=2, village=NEXT_DOOR, opened=False)
    here, there = queries.houses_today(BOTH, TODAY)
    assert here == HouseToday(house.pk, "Balai Desa", HERE, True, 3, 1)
    assert (here.free, there.house_id, there.free) == (2, other.pk, 0)
    assert queries.houses_today(Area((FAR_AWAY,), True), TODAY) == []


def test_arrivals_are_told_by_day_and_origin() -> None:
    house = occupied()
    never = a_reservation(house, state="no_show", arrives_on=TODAY)
    a_stay(never, state="no_show", during=days(TODAY))
    waiting = a_reservation(state="waiting", waits_since=MONDAY, arrives_on=TODAY)
    a_stay(waiting, during=days(TODAY))
    found = queries.arrivals_in(SUMBERWANGI, WINDOW)
    assert found[ARRIVAL] == Arrivals(came=1)
    assert found[TODAY] == Arrivals(never=1)
    assert found[TODAY + timedelta(days=2)] == Arrivals(expected=1)
    assert queries.origins_of(SUMBERWANGI, WINDOW) == [
        Origin(SURABAYA, 1, 0),
        Origin(DENPASAR, 0, 1),
    ]


def test_the_load_of_a_puskesmas_is_who_is_in_houses_at_home_and_soon() -> None:
    occupied()
    home = a_reservation(state="arrived", region_code=NEXT_DOOR)
    a_stay(home, state="present", bound=True, name="Ayu")
    assert queries.loads(BOTH, TODAY) == [Load("Lereng", 1, 1, 1)]
    assert queries.loads(SUMBERWANGI, TODAY) == [Load("Lereng", 1, 0, 1)]
    assert queries.at_home(EVERYWHERE) == {NEXT_DOOR: 1}
    late = a_reservation(region_code=NEXT_DOOR, arrives_on=TODAY - timedelta(days=1))
    a_stay(late, name="Nyoman", during=days(TODAY - timedelta(days=1)))
    assert queries.loads(BOTH, TODAY) == [Load("Lereng", 1, 1, 1)], "late, not to come"


def test_stays_that_ended_are_told_by_how_they_ended() -> None:
    house = a_house(beds=3)
    ends = {"released": 3, "lost": 4, "hospital": 40}
    for state, ago in ends.items():
        ended = datetime.combine(TODAY, MONDAY.timetz()) - timedelta(days=ago)
        a_stay(a_reservation(house, state="ended"), state=state, ended_at=ended)
    counted = queries.outcomes(SUMBERWANGI, WINDOW)
    assert counted == {
        StayState.RELEASED: 1,
        StayState.HOSPITAL: 0,
        StayState.LOST: 1,
    }


def test_a_reader_reaches_the_places_inside_their_own_only() -> None:
    actor = actor_for(cast.sari(), on=TODAY)
    assert queries.areas_of(actor) == Area((HERE,), True)
    assert queries.area_for(actor, HERE) == SUMBERWANGI
    for elsewhere in (NEXT_DOOR, KECAMATAN, "35.10.09.2003.999", "rubbish"):
        with pytest.raises(Http404):
            queries.area_for(actor, elsewhere)
    puskesmas = actor_for(cast.dr_ratna(), on=TODAY)
    assert queries.areas_of(puskesmas) == BOTH
