"""How many looks were made each day, and how long after a missed one somebody acted."""

from datetime import timedelta

import pytest

from smartkampung.isolation.figures import queries
from smartkampung.isolation.figures.queries import Area
from smartkampung.isolation.figures.queries.following import Followed
from smartkampung.isolation.figures.rules import Window
from smartkampung.isolation.models import Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.models import Check, Obligation
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.cast import HERE, NEXT_DOOR
from tests.watching import on_day, present

pytestmark = pytest.mark.django_db
SUMBERWANGI = Area((HERE,), True)
NOW = on_day(4, 12)
WINDOW = Window.around(day(NOW), before=10, after=5)


def looked(stay: Stay, number: int, hour: int, outcome: str) -> None:
    """Write down what came of the look of a day."""
    due = Obligation.objects.get(stay=stay, day_index=number)
    Check.objects.create(
        form_id=f"00000000-0000-4000-8000-{number:06d}{hour:06d}",
        obligation=due,
        stay=stay,
        outcome=outcome,
        at=on_day(number, hour),
        by=None if outcome == "reported" else due.officer,
    )


@pytest.fixture
def wayan() -> Stay:
    """Wayan on the fourth day: seen, missed, reported by himself, not yet."""
    cast.dr_ratna()
    stay = present()
    act_as(Kind.JOB)
    bulk.generate(at=NOW)
    looked(stay, 1, 9, "seen")
    looked(stay, 2, 9, "absent")
    looked(stay, 3, 15, "reported")
    return stay


def test_each_day_tells_what_was_made_missed_and_is_open(wayan: Stay) -> None:
    found = queries.followed(SUMBERWANGI, WINDOW, NOW)
    days = [on_day(number).date() for number in (1, 2, 3, 4)]
    assert [found[on] for on in days] == [
        Followed(made=1),
        Followed(missed=1),
        Followed(made=1),
        Followed(open=1),
    ]
    assert max(found) == NOW.date()
    elsewhere = queries.followed(Area((NEXT_DOOR,), True), WINDOW, NOW)
    assert set(elsewhere.values()) == {Followed()}


def test_an_exit_is_not_followed_by_a_report_of_oneself(wayan: Stay) -> None:
    last = on_day(14, 20)
    bulk.generate(at=last)
    looked(wayan, 14, 9, "reported")
    window = Window.around(day(last), before=3, after=0)
    assert queries.followed(SUMBERWANGI, window, last)[day(last)] == Followed(open=1)
    looked(wayan, 14, 10, "seen")
    assert queries.followed(SUMBERWANGI, window, last)[day(last)] == Followed(made=1)


def test_hours_to_action_run_from_midnight_until_somebody_was_there(
    wayan: Stay,
) -> None:
    assert queries.hours_to_action(SUMBERWANGI, WINDOW, NOW) == 15
    before = NOW - timedelta(days=2)  # nothing was missed so far
    early = Window.around(day(before), before=1, after=0)
    assert queries.hours_to_action(SUMBERWANGI, early, before) is None
