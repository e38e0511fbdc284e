"""The three pillars come by; somebody leaves without permission."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.isolation.arrival.actions.leaving import (
    CannotLeave,
    CannotReturn,
    end_departure,
    report_left,
)
from smartkampung.isolation.arrival.actions.referred import taken_over
from smartkampung.isolation.arrival.actions.supervising import (
    CannotVisit,
    ProofMissing,
    Seen,
    visit,
)
from smartkampung.isolation.arrival.queries.people import present_for
from smartkampung.isolation.arrival.rules.visits import Ended, Found, Safety, is_far
from smartkampung.isolation.models import House, Stay, SupervisionVisit
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases
from tests.arriving import ILL, KETUT, NOON, WAYAN, a_party, gatekeeper, let_in, rights
from tests.arriving import through as pass_gate
from tests.cast import HERE, sari, staff

pytestmark = pytest.mark.django_db
AT_THE_DOOR = (-8.2, 114.3)  # where a_house stands


@pytest.fixture
def made() -> Actor:
    """Made, the Babinsa of Sumberwangi."""
    return rights(staff("made", Role.BABINSA, HERE))


@pytest.fixture
def wayan() -> Stay:
    """Wayan, let in at the house."""
    party, _code = a_party()
    return let_in(party, rights(sari()))[0]


def seen(**fields: Any) -> Seen:
    plain = Seen(Found.PRESENT, position=AT_THE_DOOR, missing="Kamera rusak")
    return replace(plain, **fields)


def test_a_visit_keeps_position_photo_and_how_far(made: Actor, wayan: Stay) -> None:
    photo = cases.a_photo()
    act_as(Kind.STAFF, scope=[HERE])
    what = seen(photo_id=photo, missing="", safety=(Safety.FOOD,), note="Lapar")
    row = visit(form_id=uuid.uuid4(), stay=wayan, seen=what, by=made, at=NOON)
    assert (row.metres, row.role, row.photo_id) == (0, "babinsa", photo)
    assert (row.found, row.safety, row.officer_id) == (
        "present",
        ["food"],
        made.staff_id,
    )


def test_a_visit_from_afar_is_kept_and_says_so(made: Actor, wayan: Stay) -> None:
    what = seen(position=(-8.21, 114.3))
    row = visit(form_id=uuid.uuid4(), stay=wayan, seen=what, by=made, at=NOON)
    assert row.metres == 1113
    assert is_far(row.metres)
    House.objects.update(lat=None)
    wayan = Stay.objects.get(pk=wayan.pk)
    other = visit(form_id=uuid.uuid4(), stay=wayan, seen=what, by=made, at=NOON)
    assert other.metres is None
    assert not is_far(other.metres)


def test_the_same_form_twice_is_one_visit(made: Actor, wayan: Stay) -> None:
    form_id = uuid.uuid4()
    first = visit(form_id=form_id, stay=wayan, seen=seen(), by=made, at=NOON)
    assert visit(form_id=form_id, stay=wayan, seen=seen(), by=made, at=NOON) == first
    party, _code = a_party(KETUT, setting="home", address="Jalan Kawah 3")
    with pytest.raises(CannotVisit):
        visit(form_id=form_id, stay=party.stays.get(), seen=seen(), by=made, at=NOON)


@pytest.mark.parametrize("position", [AT_THE_DOOR, None])
def test_a_visit_without_proof_must_say_why(
    made: Actor, wayan: Stay, position: tuple[float, float] | None
) -> None:
    what = seen(position=position, missing="")
    with pytest.raises(ProofMissing):
        visit(form_id=uuid.uuid4(), stay=wayan, seen=what, by=made, at=NOON)
    assert not SupervisionVisit.objects.exists()


def test_whom_nobody_saw_for_longest_comes_first(made: Actor, wayan: Stay) -> None:
    party, _code = a_party(KETUT, setting="home", address="Jalan Kawah 3")
    ketut = let_in(party, made)[0]
    absent = seen(found=Found.ABSENT)
    visit(form_id=uuid.uuid4(), stay=wayan, seen=seen(), by=made, at=NOON)
    visit(form_id=uuid.uuid4(), stay=ketut, seen=absent, by=made, at=NOON)
    rows = present_for(made, Permission.STAY_VIEW)
    assert [(row.pk, row.seen_at) for row in rows] == [
        (wayan.pk, NOON),
        (ketut.pk, None),
    ]


def test_who_left_is_looked_for_until_they_came_back(made: Actor, wayan: Stay) -> None:
    act_as(Kind.STAFF, scope=[HERE])
    gone = report_left(stay=wayan, words="Tidak ada sejak pagi.", by=made, at=NOON)
    work = WorkItem.objects.get(kind="isolation.look_for")
    assert work.permission == Permission.ESCALATION_ANSWER
    assert work.due_at == NOON + timedelta(hours=4)
    with pytest.raises(CannotLeave):
        report_left(stay=wayan, words="Lagi.", by=made, at=NOON)
    end_departure(departure=gone, ended=Ended.RETURNED, words="", by=made, at=NOON)
    work.refresh_from_db()
    assert work.closed_by == "made"
    with pytest.raises(CannotReturn):
        end_departure(departure=gone, ended=Ended.NOT_FOUND, words="", by=made, at=NOON)
    again = report_left(stay=wayan, words="Pergi lagi.", by=made, at=NOON)
    end_departure(departure=again, ended=Ended.NOT_FOUND, words="", by=made, at=NOON)
    # The alert stays open, and climbs the ladder.
    assert WorkItem.objects.filter(kind="isolation.look_for", closed_at=None).exists()


@pytest.mark.closes("isolation.referred")
def test_nobody_visits_or_misses_whom_the_hospital_has(made: Actor) -> None:
    party, _code = a_party(WAYAN)
    pass_gate(party, rights(gatekeeper()), ILL)
    stay = party.stays.get()
    with pytest.raises(CannotLeave):
        report_left(stay=stay, words="Tidak ada.", by=made, at=NOON)
    with pytest.raises(CannotVisit):
        visit(form_id=uuid.uuid4(), stay=stay, seen=seen(), by=made, at=NOON)
    assert taken_over(stay=stay, by=made, at=NOON)
    assert not taken_over(stay=stay, by=made, at=NOON)
