"""What was decided stays, and replaying a day says the same, whatever came later."""

import random
import string
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.actions.deciding import (
    MOST,
    DayNotOver,
    decide_day,
    decide_due,
)
from smartkampung.reopening.cases.actions.isolating import Confirmed, take_over
from smartkampung.reopening.cases.actions.recording import (
    CaseKnown,
    Told,
    correct_case,
    withdraw_case,
)
from smartkampung.reopening.cases.models import Case, ZoneDay
from smartkampung.reopening.cases.queries import colour_of, last_decided
from smartkampung.reopening.cases.queries.zones import (
    days_decided,
    is_whole,
    replay,
    zones_decided,
    zones_known,
    zones_on,
)
from smartkampung.reopening.cases.rules.zones import Zones, rows_of
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, RT_HERE, places
from tests.confirmed import DAY, RATNA, case, houses, none_here, noon

pytestmark = pytest.mark.django_db
NIGHT = datetime(2021, 4, 6, 0, 30, tzinfo=WIB)
RT_THERE = f"{NEXT_DOOR}.001.001"
PLACES = (RT_HERE, RT_THERE, HERE, NEXT_DOOR)


def judged(zones: Zones) -> tuple[object, ...]:
    return zones.version, rows_of(zones), zones.counts()


def houses_first() -> Case:
    return Case.objects.earliest("pk")


def test_a_decision_keeps_what_is_not_green_and_what_nobody_knows() -> None:
    houses(3)
    kept = decide_day(on=DAY, at=NIGHT)
    assert kept.counts == {
        **{"green": 0, "yellow": 1, "orange": 0, "red": 0},
        "unknown": 1,
    }
    rows = kept.rows.order_by("region_code")
    assert list(rows.values_list("region_code", "houses", "colour")) == [
        (RT_HERE, 3, "yellow"),
        (NEXT_DOOR, 0, ""),
        (FAR_AWAY, 0, ""),
    ]
    assert judged(zones_decided(kept)) == judged(replay(kept))
    assert is_whole(kept)


def test_what_is_known_later_changes_no_decision() -> None:
    houses(3)
    kept = decide_day(on=DAY, at=NIGHT)
    case(name="Terlambat", address="Melati 1", at=NIGHT)
    withdraw_case(case=houses_first(), reason="Salah", by=RATNA, at=NIGHT)
    none_here(NIGHT.date(), days=2, village=NEXT_DOOR)
    for late in range(9):
        case(name=f"Susulan {late}", address=f"Melati {late + 2}", at=NIGHT)
    assert judged(replay(kept)) == judged(zones_decided(kept))
    assert colour_of(RT_HERE, DAY) == "yellow"
    assert colour_of(RT_THERE, DAY) is None
    today = zones_known(DAY, known=noon(DAY + timedelta(days=2)))
    assert (today.colour(RT_HERE), today.houses[RT_HERE]) == ("red", 12)
    assert today.colour(RT_THERE) == "green"
    assert judged(zones_on(DAY)) == judged(zones_decided(kept))


def from_isolation(count: int, on: date, *, at: datetime | None = None) -> None:
    """Let so many houses become known of which no Puskesmas said anything."""
    for number in range(count):
        name = f"Sunyi {string.ascii_lowercase[number] * 3} {on:%B}"
        home = f"Kenanga {number}"
        found = Confirmed(name, RT_HERE, home, on, None, None, "ratna")
        take_over(found=found, at=at or noon(on))


def decided_on(on: date) -> ZoneDay:
    return decide_day(on=on, at=noon(on + timedelta(days=1)))


def test_known_houses_of_a_silent_village_make_a_colour_and_never_a_laxer_one() -> None:
    """What is counted there is the least there is."""
    houses(4)  # yellow by the rule of that day, and then silence
    first, second = DAY + timedelta(days=8), DAY + timedelta(days=16)
    assert decided_on(DAY).counts["yellow"] == 1
    from_isolation(12, first)
    red = decided_on(first)
    assert red.counts == {"green": 0, "yellow": 0, "orange": 0, "red": 1, "unknown": 1}
    assert (RT_HERE, 12, "red") in rows_of(zones_decided(red))
    assert (colour_of(RT_HERE, first), zones_decided(red).silent >= {HERE}) == (
        "red",
        True,
    )
    from_isolation(1, second)
    laxer = decided_on(second)
    assert colour_of(RT_HERE, second) is None
    assert last_decided(RT_HERE, second) == ("red", first)
    assert (HERE, 0, "") in rows_of(zones_decided(laxer))
    for row in (red, laxer):
        assert judged(replay(row)) == judged(zones_decided(row))
        assert is_whole(row)


def test_a_silent_rt_of_which_nothing_was_decided_is_as_strict_as_its_houses() -> None:
    places()
    act_as(Kind.JOB)
    from_isolation(2, DAY)
    assert (colour_of(RT_HERE, DAY), last_decided(RT_HERE, DAY)) == ("yellow", None)


def test_a_day_is_decided_once_and_when_it_is_over() -> None:
    places()
    with pytest.raises(DayNotOver):
        decide_day(on=DAY, at=NIGHT - timedelta(minutes=25))
    assert decide_due(at=NIGHT) == [DAY]
    assert decide_due(at=NIGHT + timedelta(hours=5)) == []
    assert decide_day(on=DAY, at=noon(NIGHT.date())).decided_at == NIGHT
    later = decide_due(at=NIGHT + timedelta(days=3))
    assert later == [DAY + timedelta(days=number) for number in (1, 2, 3)]
    assert ZoneDay.objects.count() == 4


def test_a_village_of_later_changes_no_past_day() -> None:
    houses(3)
    kept = decide_day(on=DAY, at=NIGHT)
    new = f"{KECAMATAN}.2099"
    Region.objects.create(code=new, name="Baru", kind=Region.Kind.DESA)
    assert new in zones_known(DAY, known=NIGHT).rts
    assert judged(replay(kept)) == judged(zones_decided(kept))
    assert new not in zones_on(DAY).rts
    assert is_whole(kept)


def test_a_server_that_stood_still_decides_the_oldest_days_first() -> None:
    places()
    assert decide_due(at=NIGHT) == [DAY]
    first = decide_due(at=NIGHT + timedelta(days=MOST + 3))
    assert (first[0], len(first)) == (DAY + timedelta(days=1), MOST)
    second = decide_due(at=NIGHT + timedelta(days=MOST + 4))
    assert second[0] == first[-1] + timedelta(days=1)
    assert len(second) == 4


@pytest.mark.parametrize(
    "change",
    [
        "counts = jsonb_set(counts, '{red}', '9')",
        "villages = '{}'",
        "known_at = known_at - interval '1 day'",
    ],
)
def test_the_seal_holds_what_a_decision_was_made_of(change: str) -> None:
    houses(3)
    kept = decide_day(on=DAY, at=NIGHT)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_zoneday DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE cases_zoneday SET {change}")
        cursor.execute("ALTER TABLE cases_zoneday ENABLE TRIGGER USER")
    assert not is_whole(ZoneDay.objects.get(pk=kept.pk))


def test_a_decision_that_was_tampered_with_is_not_whole() -> None:
    houses(3)
    kept = decide_day(on=DAY, at=NIGHT)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_zonerow DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_zonerow SET houses = 1 WHERE colour <> ''")
        cursor.execute("ALTER TABLE cases_zonerow ENABLE TRIGGER USER")
    assert not is_whole(ZoneDay.objects.get(pk=kept.pk))


@pytest.mark.parametrize("seed", range(3))
def test_replay_equals_what_was_decided_whatever_came_when(seed: int) -> None:
    """Sixty days of entries, late ones, corrections, withdrawals and silence."""
    dice = random.Random(seed)
    places()
    act_as(Kind.JOB)
    begin, decided = DAY - timedelta(days=30), {}
    for number in range(60):
        today = begin + timedelta(days=number)
        for _ in range(dice.randrange(4)):
            happens(dice, noon(today) + timedelta(minutes=dice.randrange(660)))
        night = noon(today) + timedelta(hours=12, minutes=15)
        kept = decide_day(on=today, at=night)
        decided[today] = judged(zones_decided(kept))
    again = days_decided(begin, begin + timedelta(days=60))
    assert {row.day: judged(replay(row)) for row in again} == decided
    assert {row.day: judged(zones_decided(row)) for row in again} == decided
    assert all(map(is_whole, again))


def happens(dice: random.Random, at: datetime) -> None:
    on = at.date() - timedelta(days=dice.choice([0, 0, 1, 3, 8, 20]))
    standing = Case.objects.filter(withdrawn_at=None, recorded_at__lte=at)
    row = standing.order_by("?").first() if dice.random() < 0.4 else None
    told = Told(
        name=f"Warga {dice.randrange(200)}",
        place=dice.choice(PLACES),
        confirmed_on=on,
        address=f"Mawar {dice.randrange(9)}",
    )
    try:
        if row is None and dice.random() < 0.2:
            none_here(at.date(), village=dice.choice([HERE, NEXT_DOOR]))
        elif row is None and dice.random() < 0.3:
            from_isolation(dice.randrange(1, 9), on, at=at)
        elif row is None:
            case(on, name=told.name, place=told.place, address=told.address, at=at)
        elif dice.random() < 0.5:
            withdraw_case(case=row, reason="Salah", by=RATNA, at=at)
        else:
            correct_case(case=row, told=told, reason="Salah", by=RATNA, at=at)
    except CaseKnown:
        pass


def test_the_job_of_the_night_is_known_to_the_worker() -> None:
    assert app.tasks["cases.decide_zones"].name == "cases.decide_zones"
    assert {one.task.name for one in app.periodic_registry.periodic_tasks.values()} >= {
        "cases.decide_zones"
    }
