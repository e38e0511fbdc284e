"""Somebody is let go with a letter, stays longer, is lost, or comes back from hospital."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.actions.beds import HouseFull
from smartkampung.isolation.models import (
    BedUse,
    Classing,
    DischargeLetter,
    Escalation,
    ExitDecision,
    House,
    Obligation,
    Stay,
)
from smartkampung.isolation.monitoring import bulk, queries
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.isolation.monitoring.actions.ends import (
    CannotClassify,
    CannotDecide,
    Decided,
    classify,
    decide,
)
from smartkampung.isolation.monitoring.rules.ends import Known, Verdict
from smartkampung.isolation.monitoring.rules.health import Told
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.isolating import (
    ARRIVAL,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)
from tests.watching import look, on_day, present, ratna, rights, see_as
from tests.web.posts import POSTS

pytestmark = pytest.mark.django_db
P = Permission
MAY_LEAVE = ARRIVAL + timedelta(days=14)


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def in_bed(*, beds: int = 1) -> tuple[Stay, House]:
    """Let Wayan lie in the first bed of a house."""
    house = a_house(beds=beds)
    stay = present(a_reservation(house, state="arrived"))
    a_bed_use(stay, beds_of(house)[0])
    return stay, house


def booked_next(house: House) -> Stay:
    """Let Kadek have the same bed from the day after the cleaning on."""
    since = MAY_LEAVE + timedelta(days=1)
    party = a_reservation(house, arrives_on=since)
    stay = a_stay(party, name="Kadek", during=days(since))
    a_bed_use(stay, beds_of(house)[0], during=days(since), taken=days(since, 15))
    return stay


def verdict(
    kind: Verdict, until: date | None = None, reason: str = "Sudah diperiksa."
) -> Decided:
    return Decided(kind, reason, until)


def test_who_is_well_at_the_exit_goes_with_a_letter_and_the_bed_is_cleaned() -> None:
    stay, _house = in_bed()
    by = ratna()
    look(stay, by, at=on_day(14))
    stay.refresh_from_db()
    assert (stay.state, stay.ended_at) == ("released", on_day(14))
    assert stay.during.upper == MAY_LEAVE
    use = BedUse.objects.get(stay=stay)
    assert use.taken.upper == MAY_LEAVE + timedelta(days=1), "a day of cleaning"
    letter = DischargeLetter.objects.get()
    assert (letter.since, letter.until) == (ARRIVAL, MAY_LEAVE)
    assert letter.issued_by_id == by.staff_id
    bulk.generate(at=on_day(15))
    assert not Obligation.objects.filter(due_on__gt=on_day(14).date()).exists()


@pytest.mark.closes("isolation.decide_exit")
def test_who_is_unwell_at_the_exit_stays_until_somebody_decides() -> None:
    stay, _house = in_bed()
    by = ratna()
    look(stay, by, at=on_day(14), told=Told(unwell=True))
    stay.refresh_from_db()
    assert stay.state == "present"
    assert Escalation.objects.get().trigger == "exit_open"
    assert not DischargeLetter.objects.exists()
    decide(
        stay=stay,
        decided=verdict(Verdict.EXTEND, MAY_LEAVE + timedelta(days=3)),
        by=by,
        at=on_day(14, 11),
    )
    stay.refresh_from_db()
    assert stay.during.upper == MAY_LEAVE + timedelta(days=3)
    assert not Escalation.objects.filter(closed_at=None).exists()
    assert ExitDecision.objects.get().by_id == by.staff_id
    for number in (15, 16, 17):
        bulk.generate(at=on_day(number))
    rows = Obligation.objects.filter(stay=stay, day_index__gt=14).order_by("due_on")
    assert list(rows.values_list("day_index", "slot"))[-1] == (17, "exit")


def test_an_extension_into_a_booked_bed_becomes_a_relocation_that_is_seen() -> None:
    stay, house = in_bed()
    next_one = booked_next(house)
    by = ratna()
    displaced = decide(
        stay=stay,
        decided=verdict(Verdict.EXTEND, MAY_LEAVE + timedelta(days=5)),
        by=by,
        at=on_day(13),
    )
    assert displaced == [next_one.reservation]
    item = WorkItem.objects.get(kind="isolation.relocate", closed_at=None)
    assert item.target.endswith(f":{next_one.reservation_id}")
    assert BedUse.objects.filter(stay=stay, live=True).count() == 1


def test_an_extension_beside_a_free_bed_moves_the_next_one_there() -> None:
    stay, house = in_bed(beds=2)
    next_one = booked_next(house)
    displaced = decide(
        stay=stay,
        decided=verdict(Verdict.EXTEND, MAY_LEAVE + timedelta(days=5)),
        by=ratna(),
        at=on_day(13),
    )
    assert displaced == []
    use = BedUse.objects.get(stay=next_one, live=True)
    assert use.bed_id == beds_of(house)[1].pk


def test_a_positive_result_keeps_somebody_as_long_as_its_rule_says() -> None:
    stay, _house = in_bed()
    by = ratna()
    known = Known("positive", ARRIVAL, specimen_on=ARRIVAL + timedelta(days=10))
    assert classify(stay=stay, known=known, by=by, at=on_day(12)) == []
    stay.refresh_from_db()
    assert stay.during.upper == ARRIVAL + timedelta(days=20)
    row = Classing.objects.get()
    assert (row.code, row.by_id) == ("positive", by.staff_id)


def test_a_class_never_shortens_a_stay() -> None:
    stay, _house = in_bed()
    known = Known("otg", ARRIVAL)
    classify(stay=stay, known=known, by=ratna(), at=on_day(2))
    stay.refresh_from_db()
    assert stay.during.upper == MAY_LEAVE


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(Known("suspect", ARRIVAL), id="a class of the next list"),
        pytest.param(Known("positive", ARRIVAL), id="neither onset nor specimen"),
    ],
)
def test_what_cannot_be_counted_is_refused(known: Known) -> None:
    with pytest.raises(CannotClassify):
        classify(stay=present(), known=known, by=ratna(), at=on_day(2))
    assert not Classing.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"onset_on": date.max},
        {"onset_on": on_day(4).date()},
        {"onset_on": date(1020, 6, 1)},
        {"onset_on": ARRIVAL, "specimen_on": on_day(4).date()},
        {"onset_on": ARRIVAL, "symptom_free_since": on_day(4).date()},
    ],
)
def test_what_is_still_to_come_cannot_have_happened(wrong: dict[str, date]) -> None:
    stay, _house = in_bed()
    known = Known("suspect", ARRIVAL, **wrong)
    with pytest.raises(CannotClassify):
        classify(stay=stay, known=known, by=ratna(), at=on_day(3))
    stay.refresh_from_db()
    assert stay.during.upper == MAY_LEAVE


def test_after_the_grace_a_named_officer_releases() -> None:
    stay, _house = in_bed()
    by = ratna()
    pass_once(at=on_day(16))
    assert Escalation.objects.filter(trigger="exit_open", closed_at=None).exists()
    decide(stay=stay, decided=verdict(Verdict.RELEASE), by=by, at=on_day(16))
    stay.refresh_from_db()
    assert stay.state == "released"
    assert DischargeLetter.objects.exists()
    assert not WorkItem.objects.filter(
        kind="isolation.decide_exit", closed_at=None
    ).exists()


def test_who_ran_away_is_lost_and_the_bed_is_free_again() -> None:
    stay, _house = in_bed()
    decide(stay=stay, decided=verdict(Verdict.LOST), by=ratna(), at=on_day(5))
    stay.refresh_from_db()
    assert (stay.state, stay.reason) == ("lost", "")
    assert BedUse.objects.get(stay=stay).during.upper == on_day(5).date()
    assert not DischargeLetter.objects.exists()


def test_to_hospital_and_back_into_the_house() -> None:
    stay, house = in_bed()
    by = ratna()
    decide(stay=stay, decided=verdict(Verdict.HOSPITAL), by=by, at=on_day(5))
    stay.refresh_from_db()
    assert stay.state == "hospital"
    bulk.generate(at=on_day(7))
    assert not Obligation.objects.exists(), "nobody looks in while they are there"
    back = verdict(Verdict.RETURN, MAY_LEAVE + timedelta(days=4))
    decide(stay=stay, decided=back, by=by, at=on_day(9))
    stay.refresh_from_db()
    assert (stay.state, stay.reservation.state) == ("present", "arrived")
    use = BedUse.objects.filter(stay=stay, live=True).latest("during")
    assert use.bed.room.house_id == house.pk
    assert use.during.lower == on_day(9).date()
    bulk.generate(at=on_day(10))
    owed = Obligation.objects.order_by("due_on").values_list("day_index", flat=True)
    assert list(owed) == [9, 10]


def test_nobody_comes_back_into_a_full_house() -> None:
    stay, house = in_bed()
    by = ratna()
    decide(stay=stay, decided=verdict(Verdict.HOSPITAL), by=by, at=on_day(5))
    other = a_stay(a_reservation(house), name="Kadek", during=days(on_day(7).date()))
    a_bed_use(
        other,
        beds_of(house)[0],
        during=days(on_day(7).date()),
        taken=days(on_day(7).date(), 15),
    )
    with pytest.raises(HouseFull), transaction.atomic():
        decide(
            stay=stay,
            decided=verdict(Verdict.RETURN, MAY_LEAVE + timedelta(days=4)),
            by=by,
            at=on_day(9),
        )
    stay.refresh_from_db()
    assert stay.state == "hospital"


def test_who_is_healed_in_hospital_gets_a_letter_as_well() -> None:
    stay, _house = in_bed()
    by = ratna()
    decide(stay=stay, decided=verdict(Verdict.HOSPITAL), by=by, at=on_day(5))
    decide(stay=stay, decided=verdict(Verdict.RELEASE), by=by, at=on_day(12))
    stay.refresh_from_db()
    assert stay.state == "released"
    assert DischargeLetter.objects.get().stay_id == stay.pk


@pytest.mark.parametrize(
    "decided",
    [
        pytest.param(verdict(Verdict.RELEASE), id="before the last day"),
        pytest.param(verdict(Verdict.RETURN, MAY_LEAVE), id="was not in hospital"),
        pytest.param(verdict(Verdict.EXTEND), id="no day"),
        pytest.param(verdict(Verdict.EXTEND, ARRIVAL), id="a day of the past"),
        pytest.param(
            verdict(Verdict.EXTEND, on_day(3).date() + timedelta(days=61)),
            id="more than sixty days ahead",
        ),
        pytest.param(verdict(Verdict.EXTEND, date.max), id="the end of time"),
    ],
)
def test_what_cannot_be_decided_is_refused(decided: Decided) -> None:
    with pytest.raises(CannotDecide):
        decide(stay=present(), decided=decided, by=ratna(), at=on_day(3))
    assert not ExitDecision.objects.exists()


def test_the_mark_of_a_letter_proves_it_and_no_other() -> None:
    stay, _house = in_bed()
    look(stay, ratna(), at=on_day(14))
    letter = queries.letter_of(stay)
    assert letter is not None
    mark = queries.mark_of(letter)
    act_as(Kind.PUBLIC)
    assert queries.issued(mark) == letter
    assert queries.issued(f"{letter.pk}.made-up") is None


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_class_and_decision(role: Role) -> None:
    stay = present(a_reservation(state="arrived", region_code=cast.RT_HERE))
    by = ratna()
    classify(stay=stay, known=Known("otg", ARRIVAL), by=by, at=on_day(2))
    decide(
        stay=stay,
        decided=verdict(Verdict.EXTEND, MAY_LEAVE + timedelta(days=3)),
        by=by,
        at=on_day(3),
    )
    place = POSTS[role][0]
    where = {"centre": place} if place == cast.PUSKESMAS else {"region": place}
    officer = rights(cast.staff(f"one-{role}", role, **where))
    see_as(officer, P.STAY_VIEW)
    may = PERMISSIONS[role]
    sees = P.STAY_VIEW in may and P.ISOLATION_HEALTH_VIEW in may
    assert Classing.objects.exists() is sees
    assert ExitDecision.objects.exists() is sees
    if P.STAY_VIEW in may:
        assert bool(queries.classings_for(officer, stay)) is sees
        assert bool(queries.decisions_for(officer, stay)) is sees


def test_exit_decision_has_a_reason() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        decide(
            stay=present(),
            decided=verdict(Verdict.LOST, reason=""),
            by=ratna(),
            at=on_day(3),
        )
    assert constraint_name(caught.value) == "exit_decision_has_a_reason"


@contextmanager
def refused() -> Iterator[None]:
    """Expect that the database lets nobody change a row."""
    with (
        pytest.raises(ProgrammingError, match=r"Cannot update"),
        transaction.atomic(),
    ):
        yield


def change(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET stay_id = stay_id")


def test_classing_append_only() -> None:
    known = Known("otg", ARRIVAL)
    classify(stay=present(), known=known, by=ratna(), at=on_day(2))
    with refused():
        change("isolation_classing")


def test_exit_decision_append_only() -> None:
    decide(stay=present(), decided=verdict(Verdict.LOST), by=ratna(), at=on_day(3))
    with refused():
        change("isolation_exitdecision")


def test_discharge_letter_append_only() -> None:
    look(present(), ratna(), at=on_day(14))
    with refused():
        change("isolation_dischargeletter")
