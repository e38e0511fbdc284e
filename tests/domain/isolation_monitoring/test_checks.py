"""A look is written down once, in its time; health is for health workers only."""

import uuid
from decimal import Decimal

import pytest
from django.http import Http404

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.audit.models import Event
from smartkampung.isolation.models import Check, Obligation, Reading
from smartkampung.isolation.monitoring import bulk, queries
from smartkampung.isolation.monitoring.actions.checks import (
    CannotRecord,
    Seen,
    record_check,
    report_oneself,
)
from smartkampung.isolation.monitoring.days import days_of
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import a_house, a_reservation
from tests.watching import (
    CODE,
    WELL,
    due,
    look,
    on_day,
    present,
    ratna,
    rights,
    see_as,
    seen,
)
from tests.web.posts import POSTS

pytestmark = pytest.mark.django_db
P = Permission


def test_a_look_is_written_down_with_who_and_how() -> None:
    stay, by = present(), ratna()
    row = due(stay, at=on_day(1))
    see_as(by, P.MONITORING_RECORD)
    check = record_check(obligation=row, seen=seen(), by=by, at=on_day(1))
    assert (check.outcome, check.by_id, check.at) == ("seen", by.staff_id, on_day(1))
    reading = Reading.objects.get()
    assert (reading.temperature, reading.spo2) == (Decimal("36.6"), 98)
    event = Event.objects.get(name="isolation.checked")
    assert event.detail == {"outcome": "seen"}, "the diary says nothing of health"


def test_the_same_form_sent_again_is_one_look() -> None:
    stay, by = present(), ratna()
    row, form = due(stay, at=on_day(1)), seen()
    first = record_check(obligation=row, seen=form, by=by, at=on_day(1))
    again = record_check(obligation=row, seen=form, by=by, at=on_day(1, 10))
    assert (again.pk, again.at) == (first.pk, on_day(1))
    assert Check.objects.count() == 1


def test_a_form_of_somebody_else_is_not_taken() -> None:
    act_as(Kind.JOB)
    party = a_reservation(a_house(), state="arrived")
    one, two, by = present(party), present(party), ratna()
    form = seen()
    record_check(obligation=due(one, at=on_day(1)), seen=form, by=by, at=on_day(1))
    with pytest.raises(CannotRecord):
        record_check(obligation=due(two, at=on_day(1)), seen=form, by=by, at=on_day(1))


def test_neither_before_nor_after_its_day() -> None:
    stay, by = present(), ratna()
    row = due(stay, at=on_day(2))
    for moment in (on_day(1, 23, 59), on_day(3, 0, 0)):
        with pytest.raises(CannotRecord):
            record_check(obligation=row, seen=seen(), by=by, at=moment)
    record_check(obligation=row, seen=seen(), by=by, at=on_day(2, 23, 59))


def test_the_exit_may_be_made_up_for_within_a_day() -> None:
    stay, by = present(), ratna()
    row = due(stay, at=on_day(14))
    with pytest.raises(CannotRecord):
        record_check(obligation=row, seen=seen(), by=by, at=on_day(16, 0, 0))
    record_check(
        obligation=row, seen=seen(Outcome.ABSENT), by=by, at=on_day(15, 23, 59)
    )


def test_who_has_left_is_not_looked_at() -> None:
    stay, by = present(), ratna()
    row = due(stay, at=on_day(1))
    stay.state = "lost"
    stay.save()
    with pytest.raises(CannotRecord):
        record_check(obligation=row, seen=seen(), by=by, at=on_day(1))


def test_somebody_reports_themselves_with_the_code_and_reads_nothing_back() -> None:
    stay = present(code=CODE)
    party = queries.party_by_code(CODE.lower())
    assert party is not None
    assert queries.present_of(party) == [stay]
    told = Told(unwell=True, symptoms=(Symptom.COUGH,))
    form = Seen(uuid.uuid4(), Outcome.REPORTED, told)
    check = report_oneself(stay=stay, seen=form, at=on_day(1))
    assert (check.outcome, check.by_id) == ("reported", None)
    assert not Reading.objects.exists(), "a code that is lost tells nobody's health"
    act_as(Kind.JOB)
    assert Reading.objects.get().symptoms == ["cough"]
    assert queries.open_looks(stay, at=on_day(1)).get().followed


def test_a_code_opens_its_own_party_only() -> None:
    present(code=CODE)
    other = present(a_reservation(state="arrived"))
    assert queries.party_by_code("AAAA-BBBB-CCCC") is None
    assert queries.party_by_code("no code") is None
    assert queries.party_by_code(CODE) is not None
    with pytest.raises(CannotRecord):
        report_oneself(
            stay=other, seen=Seen(uuid.uuid4(), Outcome.REPORTED, WELL), at=on_day(1)
        )


def test_a_report_does_not_stand_for_the_exit() -> None:
    stay = present(code=CODE)
    due(stay, at=on_day(14))
    queries.party_by_code(CODE)
    form = Seen(uuid.uuid4(), Outcome.REPORTED, WELL)
    report_oneself(stay=stay, seen=form, at=on_day(14))
    assert not queries.open_looks(stay, at=on_day(14)).get().followed


def test_nobody_reports_after_the_stay() -> None:
    stay = present(code=CODE)
    queries.party_by_code(CODE)
    with pytest.raises(CannotRecord):
        report_oneself(
            stay=stay, seen=Seen(uuid.uuid4(), Outcome.REPORTED, WELL), at=on_day(20)
        )


def test_the_list_begins_with_the_ill_and_ends_with_the_seen() -> None:
    by = ratna()
    act_as(Kind.JOB)
    party = a_reservation(a_house(), state="arrived")
    names = ("Ordinary", "Ill", "Missed", "Seen")
    people = {name: present(party, name=name) for name in names}
    for name in names:
        if name != "Missed":
            ill = Told(temperature=Decimal("38.5")) if name == "Ill" else WELL
            look(people[name], by, at=on_day(1, 20), told=ill)
    look(people["Seen"], by, at=on_day(2, 8))
    see_as(by, P.MONITORING_RECORD)
    rows = queries.due_now(by, at=on_day(2), mine=False)
    assert [row.name for row in rows] == ["Ill", "Missed", "Ordinary", "Seen"]
    assert [row.done for row in rows] == [False, False, False, True]
    assert len(queries.due_now(by, at=on_day(2), mine=True)) == 4
    tono = rights(cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS))
    see_as(tono, P.MONITORING_RECORD)
    assert queries.due_now(tono, at=on_day(2), mine=True) == []


def test_who_is_seen_once_more_is_known_in_the_morning() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), told=Told(unwell=True))
    bulk.generate(at=on_day(2))
    [later] = queries.later_today(by, at=on_day(2))
    assert (later.slot, later.name) == ("evening", stay.name)
    assert queries.later_today(by, at=on_day(2), mine=True) == [later]
    assert queries.later_today(by, at=on_day(2, 15)) == []
    assert [one.slot for one in queries.due_now(by, at=on_day(2, 15))] == ["evening"]
    assert queries.later_today(by, at=on_day(1)) == []
    tono = rights(cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS))
    assert queries.later_today(tono, at=on_day(2), mine=True) == []


def test_the_list_of_another_puskesmas_is_empty() -> None:
    stay = present()
    row = due(stay, at=on_day(1))
    far = rights(cast.staff("far", Role.DINKES, cast.FAR_AWAY))
    see_as(far, P.MONITORING_RECORD)
    assert queries.due_now(far, at=on_day(1), mine=False) == []
    with pytest.raises(Http404):
        queries.obligation_for(far, row.pk)


def test_the_days_of_a_stay_tell_presence_and_what_was_missed() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), outcome=Outcome.ABSENT)
    look(stay, by, at=on_day(1, 15))
    look(stay, by, at=on_day(3), outcome=Outcome.REFUSED)
    days = days_of(by, stay, at=on_day(4))
    assert [(day.day_index, day.state) for day in days] == [
        (3, "missed"),
        (2, "missed"),
        (1, "seen"),
    ]
    assert days[-1].by == "dr. Ratna Dewi"


@pytest.mark.parametrize("ill", [False, True])
def test_the_days_that_a_babinsa_reads_are_the_same_for_who_is_ill(ill: bool) -> None:
    stay, doctor = present(), ratna()
    unwell = Told(temperature=Decimal("36.6"), unwell=ill)
    look(stay, doctor, at=on_day(2), told=unwell)
    bulk.generate(at=on_day(3, 16))
    look(stay, doctor, at=on_day(3, 17))
    officer = rights(cast.staff("rudi", Role.BABINSA, cast.HERE))
    see_as(officer, P.STAY_VIEW)
    days = days_of(officer, stay, at=on_day(4, 0, 1))
    assert [(day.day_index, day.slot) for day in days] == [
        (3, None),
        (2, None),
        (1, None),
    ]
    assert [day.state for day in days] == ["seen", "seen", "missed"]
    see_as(doctor, P.STAY_VIEW)
    mine = [day.slot for day in days_of(doctor, stay, at=on_day(4, 0, 1))]
    assert (Slot.EVENING in mine) is ill


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_which_field(role: Role) -> None:
    act_as(Kind.JOB)
    at_home = a_reservation(state="arrived", region_code=cast.RT_HERE)
    stay = present(at_home)
    look(stay, ratna(), at=on_day(1))
    place = POSTS[role][0]
    where = {"centre": place} if place == cast.PUSKESMAS else {"region": place}
    officer = rights(cast.staff(f"one-{role}", role, **where))
    may = PERMISSIONS[role]
    see_as(officer, P.STAY_VIEW)
    sees = P.STAY_VIEW in may
    nurses = P.ISOLATION_HEALTH_VIEW in may
    assert Check.objects.exists() is sees, "presence"
    assert Obligation.objects.exists() is sees, "what is due"
    assert Reading.objects.exists() is (sees and nurses), "temperature and symptoms"
    if sees:
        assert bool(queries.readings_for(officer, stay)) is nurses
        assert queries.stay_for(officer, stay.pk, P.STAY_VIEW) == stay
    if nurses:
        assert role in {Role.PUSKESMAS_OFFICER, Role.DINKES}


def test_a_health_worker_elsewhere_sees_no_reading() -> None:
    look(present(), ratna(), at=on_day(1))
    act_as(Kind.STAFF, scope=[cast.HERE], health=[cast.NEXT_DOOR])
    assert Check.objects.exists()
    assert not Reading.objects.exists()
