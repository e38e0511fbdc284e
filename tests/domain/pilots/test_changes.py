"""A stamp tells every change of what applies in a village."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartkampung.kernel.clock import WIB
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.pilots.models import Pause, Pilot
from smartkampung.reopening.pilots.queries.changes import (
    next_change,
    stamp_of,
    stamp_of_all,
)
from smartkampung.reopening.pilots.queries.regime import regime_on, regimes_on
from tests.cast import HERE, NEXT_DOOR, RT_HERE, places
from tests.counters import phase

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 10)
AT = datetime(2020, 7, 10, 8, tzinfo=WIB)


@pytest.fixture(autouse=True)
def _the_villages() -> None:
    places()


def tables(asked: CaptureQueriesContext) -> set[str]:
    """Return every table that some queries name."""
    words = re.findall(r"\w+", " ".join(one["sql"] for one in asked))
    return set(words) & set(connection.introspection.table_names())


def pause() -> Pause:
    pilot = Pilot.objects.create(village_id=HERE, state="paused", chosen_on=DAY)
    return Pause.objects.create(
        pilot=pilot, since=DAY, reason="Kasus naik.", by="x", at=AT
    )


def test_every_table_that_decides_is_in_the_stamp() -> None:
    phase("recovery", since=DAY)
    with CaptureQueriesContext(connection) as deciding:
        regime_on(HERE, DAY)
    asked: tuple[Callable[[], str], ...] = (partial(stamp_of, HERE), stamp_of_all)
    for stamp in asked:
        with CaptureQueriesContext(connection) as stamping:
            stamp()
        assert tables(deciding) == tables(stamping)


def changes() -> Iterator[str]:
    """Do everything that changes what applies here, one after the other."""
    spell = phase("recovery", since=DAY - timedelta(days=9))
    yield "a phase begins"
    for until in (DAY, DAY - timedelta(days=1), None):
        spell.until = until
        spell.save(update_fields=["until"])
        yield f"its end is {until}"
    brake = pause()
    yield "a pause"
    brake.until = DAY
    brake.save(update_fields=["until"])
    yield "the village goes on"
    first = Guidance.objects.filter(kind="phases").order_by("pk")[0]
    new = Guidance.objects.create(
        kind="phases", since=DAY, body=first.body, by="x", at=AT - timedelta(days=9)
    )
    yield "new guidance"
    new.verified_by, new.verified_at = "kadinkes", AT
    new.save(update_fields=["verified_by", "verified_at"])
    yield "an official confirms it"


def test_every_change_is_told() -> None:
    seen = [(stamp_of(HERE), stamp_of_all())]
    elsewhere = stamp_of(NEXT_DOOR)
    for what in changes():
        assert stamp_of(RT_HERE) == stamp_of(HERE)
        now = (stamp_of(HERE), stamp_of_all())
        assert all(new != old for new, old in zip(now, seen[-1], strict=True)), what
        seen.append(now)
        if "guidance" not in what and "official" not in what:
            assert stamp_of(NEXT_DOOR) == elsewhere
    assert seen[-1] == (stamp_of(HERE), stamp_of_all())


def test_a_day_that_is_known_to_change_is_told_first() -> None:
    assert next_change(HERE, DAY) is None
    phase("recovery", since=DAY - timedelta(days=9), until=DAY + timedelta(days=9))
    assert next_change(HERE, DAY) == DAY + timedelta(days=9)
    brake = pause()
    brake.until = DAY + timedelta(days=3)
    brake.save(update_fields=["until"])
    assert next_change(RT_HERE, DAY) == DAY + timedelta(days=3)


def test_many_villages_are_told_as_one_by_one() -> None:
    phase("recovery", since=DAY - timedelta(days=9))
    phase("unknown", since=DAY, village=NEXT_DOOR)
    both = [HERE, NEXT_DOOR]
    one_by_one = {code: regime_on(code, DAY) for code in both}
    assert regimes_on(both, DAY) == one_by_one
    pause()
    with CaptureQueriesContext(connection) as asked:
        found = regimes_on(both, DAY)
    assert (len(asked), found[HERE]) == (3, regime_on(HERE, DAY))
    assert found[HERE].paused
    assert regimes_on(both, date(2020, 5, 31)) == {}
