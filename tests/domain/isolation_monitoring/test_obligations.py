"""What is due each day is made once, in local days, whatever ran when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Carer, Check, Obligation, Reading, Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.rules.checks import due_looks
from smartkampung.isolation.monitoring.rules.health import Told
from smartkampung.jobs.tasks.isolation import monitor
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import a_reservation, days
from tests.watching import CAME_AT, look, on_day, present, ratna

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def looks(stay: Stay) -> list[tuple[int, str]]:
    rows = Obligation.objects.filter(stay=stay).order_by("due_on", "opens_at")
    return list(rows.values_list("day_index", "slot"))


def test_generated_twice_is_once() -> None:
    stay = present()
    assert bulk.generate(at=on_day(1)) == 1
    assert bulk.generate(at=on_day(1, 23, 59)) == 0
    assert looks(stay) == [(1, "day")]


def test_fourteen_days_made_one_by_one_are_those_of_the_rule() -> None:
    stay = present()
    for number in range(1, 15):
        bulk.generate(at=on_day(number))
    bulk.generate(at=on_day(15))
    made = Obligation.objects.filter(stay=stay).order_by("due_on")
    assert [(row.day_index, row.slot, row.opens_at, row.closes_at) for row in made] == [
        (one.day_index, one.slot.value, one.opens_at, one.closes_at)
        for one in due_looks(stay.during.lower, stay.during.upper, zone=WIB)
    ]


def test_days_on_which_nothing_ran_are_made_up_for() -> None:
    stay = present()
    bulk.generate(at=on_day(1))
    bulk.generate(at=on_day(4))
    assert [number for number, _slot in looks(stay)] == [1, 2, 3, 4]


def test_days_skipped_until_after_the_last_one_are_made_up_for_too() -> None:
    stay = present()
    bulk.generate(at=on_day(9))
    assert bulk.generate(at=on_day(22)) == 5
    assert looks(stay)[-2:] == [(13, "day"), (14, "exit")]
    assert bulk.generate(at=on_day(22, 12)) == 0


@pytest.mark.parametrize(
    ("moment", "numbers"),
    [
        pytest.param(datetime(2020, 6, 4, 16, 59, tzinfo=UTC), [1], id="23.59 WIB"),
        pytest.param(datetime(2020, 6, 4, 17, 0, tzinfo=UTC), [1, 2], id="midnight"),
    ],
)
def test_the_day_changes_at_midnight_in_java(
    moment: datetime, numbers: list[int]
) -> None:
    stay = present()
    bulk.generate(at=moment)
    assert [number for number, _slot in looks(stay)] == numbers


def test_a_stay_goes_on_over_the_end_of_a_month() -> None:
    since = date(2020, 2, 25)
    stay = present(
        during=days(since),
        present_at=datetime(2020, 2, 25, 9, tzinfo=WIB),
    )
    bulk.generate(at=datetime(2020, 3, 9, 0, 0, tzinfo=WIB))
    rows = Obligation.objects.filter(stay=stay).order_by("due_on")
    assert [row.due_on for row in rows][4:6] == [date(2020, 2, 29), date(2020, 3, 1)]
    last = rows.last()
    assert last is not None
    assert (last.day_index, last.slot) == (14, "exit")
    assert last.due_on == date(2020, 3, 9)


def test_nobody_is_due_before_they_came() -> None:
    stay = present(present_at=CAME_AT + timedelta(days=2))
    bulk.generate(at=on_day(4))
    assert [number for number, _slot in looks(stay)] == [3, 4]


@pytest.mark.parametrize("state", ["expected", "hospital", "released", "lost"])
def test_who_is_not_present_is_not_due(state: str) -> None:
    stay = present(state=state)
    assert bulk.generate(at=on_day(1)) == 0
    assert looks(stay) == []


def test_who_is_unwell_is_due_twice_the_next_day() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), told=Told(unwell=True))
    bulk.generate(at=on_day(2))
    assert looks(stay) == [(1, "day"), (2, "day"), (2, "evening")]


def test_the_job_makes_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    stay = present()
    monkeypatch.setattr("smartkampung.jobs.tasks.isolation.now", lambda: on_day(2))
    monitor(timestamp=0)
    assert [number for number, _slot in looks(stay)] == [1, 2]


def officer_of(stay: Stay, number: int) -> str:
    row = Obligation.objects.select_related("officer").get(stay=stay, day_index=number)
    return row.officer.username if row.officer else ""


def test_the_fixed_officer_has_somebody_else_the_last() -> None:
    ratna_here = cast.dr_ratna()
    tono = cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
    stay = present()
    bulk.generate(at=on_day(1))
    assert officer_of(stay, 1) == "ratna"
    bulk.generate(at=on_day(2))
    assert officer_of(stay, 2) == "ratna"
    Carer.objects.create(stay=stay, officer=tono, since=on_day(2), by="ratna")
    bulk.generate(at=on_day(3))
    assert officer_of(stay, 3) == "tono"
    tono.is_active = False
    tono.save()
    bulk.generate(at=on_day(4))
    assert officer_of(stay, 4) == ratna_here.username


def test_new_people_are_shared_among_the_team() -> None:
    cast.dr_ratna()
    cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
    party = a_reservation(state="arrived")
    stays = [present(party) for _ in range(4)]
    bulk.generate(at=on_day(1))
    owed = [officer_of(stay, 1) for stay in stays]
    assert sorted(owed) == ["ratna", "ratna", "tono", "tono"]


def test_where_a_puskesmas_has_nobody_it_is_due_all_the_same() -> None:
    stay = present()
    bulk.generate(at=on_day(1))
    assert officer_of(stay, 1) == ""


def test_obligation_once() -> None:
    stay = present()
    bulk.generate(at=on_day(1))
    row = Obligation.objects.get(stay=stay)
    row.pk = None
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    assert constraint_name(caught.value) == "obligation_once"


def test_obligation_has_a_window() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Obligation.objects.create(
            stay=present(),
            day_index=1,
            slot="day",
            due_on=CAME_AT.date(),
            opens_at=CAME_AT,
            closes_at=CAME_AT,
        )
    assert constraint_name(caught.value) == "obligation_has_a_window"


def test_check_says_who() -> None:
    check = look(present(), ratna(), at=on_day(1))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Check.objects.create(
            form_id="00000000-0000-4000-8000-000000000001",
            obligation=check.obligation,
            stay=check.stay,
            outcome="seen",
            at=on_day(1),
        )
    assert constraint_name(caught.value) == "check_says_who"


def test_reading_is_possible() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        look(present(), ratna(), at=on_day(1), told=Told(spo2=30))
    assert constraint_name(caught.value) == "reading_is_possible"


def refused(table: str) -> None:
    """Expect that the database lets nobody change or delete a row of a table."""
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET stay_id = stay_id"):
        with (
            pytest.raises(ProgrammingError, match=r"Cannot (update|delete)"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_obligation_append_only() -> None:
    look(present(), ratna(), at=on_day(1))
    assert Obligation.objects.exists()
    refused("isolation_obligation")


def test_check_append_only() -> None:
    look(present(), ratna(), at=on_day(1))
    refused("isolation_check")


def test_reading_append_only() -> None:
    look(present(), ratna(), at=on_day(1))
    assert Reading.objects.exists()
    refused("isolation_reading")
