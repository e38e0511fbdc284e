"""A village is named for a week by what fell due in it, and everybody may see why."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from smartkampung.frontline.recognition.actions.weeks import (
    name_last_week,
    name_week,
)
from smartkampung.frontline.recognition.models import Named, Week
from smartkampung.frontline.recognition.queries.months import done_by
from smartkampung.frontline.recognition.queries.tallies import tallies
from smartkampung.frontline.recognition.queries.weeks import named_lately, weeks
from smartkampung.frontline.recognition.rules.week import (
    A_WEEK,
    KINDS,
    Area,
    Tally,
    Way,
    monday_of,
    turn_of,
)
from smartkampung.kernel.clock import WIB
from smartkampung.regions.models import Region
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, RT_HERE, places

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def week_of(area: Area, way: Way) -> date:
    """Return the Monday of a week in which this is looked at."""
    first = monday_of(AT.date())
    found = (first - number * A_WEEK for number in range(8))
    return next(one for one in found if turn_of(one) == (area, way))


def due(
    place: str,
    monday: date,
    *,
    good: int = 0,
    late: int = 0,
    open_: int = 0,
    kind: str = "aid.field_check",
) -> None:
    """Let work fall due on the Wednesday of a week, done in time, late, or never."""
    at = datetime.combine(monday + timedelta(days=2), AT.timetz())
    closed = [at - timedelta(hours=1)] * good + [at + timedelta(days=9)] * late
    start = WorkItem.objects.count()
    WorkItem.objects.bulk_create(
        WorkItem(
            kind=kind,
            target=f"aid.claim:{start + number}",
            permission="aid.field_check",
            region_code=place,
            opened_at=at - timedelta(days=3),
            due_at=at,
            closed_at=when,
            closed_by="putu" if when else "",
        )
        for number, when in enumerate([*closed, *[None] * open_])
    )


@pytest.fixture(autouse=True)
def _places() -> None:
    places()


def test_what_is_left_lying_counts_as_what_is_late() -> None:
    monday = week_of(Area.AID, Way.SHARE)
    due(RT_HERE, monday, good=6, late=3, open_=1)
    due(HERE, monday - 4 * A_WEEK, good=2, open_=2)
    due(HERE, monday - 5 * A_WEEK, good=9)
    due(HERE, monday + A_WEEK, good=9)
    due(HERE, monday, good=9, kind="isolation.see")
    due(KECAMATAN, monday, good=9)
    assert tallies(Area.AID, monday=monday) == [Tally(HERE, 10, 6, 4, 2)]


def test_the_best_share_is_named_with_its_counts() -> None:
    monday = week_of(Area.AID, Way.SHARE)
    due(RT_HERE, monday, good=19, late=1)
    due(NEXT_DOOR, monday, good=8, late=2)
    due(FAR_AWAY, monday, good=9)  # too few to say anything
    week = name_week(monday=monday, at=AT)
    assert (week.area, week.way, week.compared) == ("aid", "share", 2)
    (named,) = week.named.all()
    assert (named.village_id, named.due, named.in_time) == (HERE, 20, 19)
    assert [one.week for one in named_lately(HERE)] == [week]


def test_growth_is_named_whatever_others_reach() -> None:
    monday = week_of(Area.SERVICES, Way.GROWTH)
    due(HERE, monday - A_WEEK, good=20, kind="texting.assist")
    due(HERE, monday, good=20, kind="texting.assist")
    due(NEXT_DOOR, monday - A_WEEK, good=5, late=5, kind="texting.assist")
    due(NEXT_DOOR, monday, good=8, late=2, kind="texting.assist")
    week = name_week(monday=monday, at=AT)
    assert [one.village_id for one in week.named.all()] == [NEXT_DOOR]


def test_nobody_is_named_in_a_week_of_small_numbers() -> None:
    week = name_last_week(at=AT)
    assert week.monday == monday_of(AT.date()) - A_WEEK
    assert (week.compared, week.named.count()) == (0, 0)


def test_a_week_is_decided_once_and_stays() -> None:
    first = name_last_week(at=AT)
    due(HERE, first.monday, good=20, kind=KINDS[Area(first.area)][0])
    assert name_last_week(at=AT) == first
    assert not Named.objects.exists()


def test_who_was_named_lately_rests_for_others() -> None:
    monday = week_of(Area.AID, Way.SHARE)
    before = Week.objects.create(
        monday=monday - A_WEEK, area="data", way="share", compared=1, decided_at=AT
    )
    named(before)
    due(HERE, monday, good=30)
    due(NEXT_DOOR, monday, good=9, late=1)
    week = name_week(monday=monday, at=AT)
    assert [one.village_id for one in week.named.all()] == [NEXT_DOOR]
    assert [one.monday for one in weeks()] == [monday, monday - A_WEEK]


def named(week: Week, **changes: int) -> Named:
    counts = {"due": 12, "in_time": 12, "due_before": 0, "in_time_before": 0}
    return Named.objects.create(
        week=week, village=Region.objects.get(pk=HERE), **counts | changes
    )


def a_week(**changes: object) -> Week:
    values = {"monday": date(2026, 11, 16), "area": "aid", "way": "share"}
    return Week.objects.create(**values | {"compared": 1, "decided_at": AT} | changes)


def test_week_decided_once() -> None:
    a_week()
    with pytest.raises(IntegrityError, match="week_decided_once"):
        a_week()


def test_week_begins_on_a_monday() -> None:
    with pytest.raises(IntegrityError, match="week_begins_on_a_monday"):
        a_week(monday=date(2026, 11, 17))


def test_week_append_only() -> None:
    week = a_week()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Week.objects.update(compared=9)
    with pytest.raises(ProgrammingError):
        Week.objects.filter(pk=week.pk).delete()


def test_named_once_a_week() -> None:
    week = a_week()
    named(week)
    with pytest.raises(IntegrityError, match="named_once_a_week"):
        named(week)


@pytest.mark.parametrize("counts", [{"due": 9, "in_time": 9}, {"in_time": 13}])
def test_named_by_enough(counts: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="named_by_enough"):
        named(a_week(), **counts)


def test_a_month_holds_what_one_closed_oneself() -> None:
    monday = date(2026, 11, 16)
    due(RT_HERE, monday, good=3, late=2, open_=4)
    due(RT_HERE, date(2026, 9, 14), good=5)
    assert done_by("putu", date(2026, 11, 1)) == {"aid.field_check": (5, 3)}
    assert done_by("sari", date(2026, 11, 1)) == {}
