"""Births, deaths and absences: what they change, and what cannot be."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from smartkampung.audit.models import Event
from smartkampung.residents.actions.absences import (
    record_found,
    record_missing,
)
from smartkampung.residents.actions.arrivals import (
    Newcomer,
    record_birth,
)
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.marriages import record_marriage
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.models import NikClaim, Person
from smartkampung.residents.rules.life import Bar
from tests.lives import OTHER_RT, TODAY, act, household, kinds, refused, reread
from tests.population import (
    RT_HERE,
    WAYAN_NIK,
    family,
    person,
)

pytestmark = pytest.mark.django_db
BABY = Newcomer("I Gede Bayu", "L", date(2026, 11, 20), relation=4)


def test_a_child_is_born_into_the_family_of_its_mother() -> None:
    at = household()
    event = record_birth(act=act(), family=at.card, child=BABY, mother=at.ketut)
    child = event.person
    assert (child.name, child.region_code, child.status) == (
        "I Gede Bayu",
        RT_HERE,
        "living",
    )
    assert (event.happened_on, event.joined_region) == (BABY.born_on, RT_HERE)
    noted = Event.objects.get(name="residents.life_event")
    assert (noted.by, noted.detail["kind"]) == ("sari", "birth")


def test_a_nik_of_another_makes_the_newborn_wait_without_one() -> None:
    at = household()
    event = record_birth(
        act=act(),
        family=at.card,
        child=Newcomer(BABY.name, "L", BABY.born_on, relation=4, nik=WAYAN_NIK),
    )
    assert event.person.nik is None
    assert NikClaim.objects.get().claimant == event.person


@pytest.mark.parametrize(
    ("change", "bar"),
    [
        ({"born_on": TODAY + timedelta(days=1)}, Bar.IN_FUTURE),
        ({"name": "Ni Putu Ayu", "born_on": date(2014, 10, 3)}, Bar.ALREADY_RECORDED),
        ({"born_on": date(1995, 1, 1)}, Bar.MOTHER_TOO_YOUNG),
    ],
)
def test_births_that_cannot_be(change: dict[str, Any], bar: Bar) -> None:
    at = household()
    child = Newcomer(**{**vars(BABY), **change})
    found = refused(
        lambda: record_birth(act=act(), family=at.card, child=child, mother=at.ketut)
    )
    assert found == [bar]


def test_a_man_is_no_mother_and_an_empty_card_has_no_births() -> None:
    at = household()
    found = refused(
        lambda: record_birth(act=act(), family=at.card, child=BABY, mother=at.wayan)
    )
    assert found == [Bar.MOTHER_NOT_A_WOMAN]
    empty = family(kk=None, phone=None)
    found = refused(lambda: record_birth(act=act(), family=empty, child=BABY))
    assert found == [Bar.NOBODY_LIVES_THERE]


def test_when_the_head_dies_the_widow_leads_and_the_relations_follow() -> None:
    at = household()
    events = record_death(act=act(), person=at.wayan, new_head=at.ketut.pk)
    assert reread(at.wayan).status == "dead"
    widow, mother = reread(at.ketut), reread(at.nengah)
    assert (widow.relation, widow.marital_status) == (1, 4)
    assert mother.relation == 8
    assert reread(at.putu).relation == 4
    assert kinds(events) == [
        ("death", "I Wayan Sudarma"),
        ("widowed", "Ni Ketut Sari"),
        ("head_change", "Ni Nengah Rai"),
    ]


def test_when_the_head_dies_somebody_must_lead() -> None:
    at = household()
    assert refused(lambda: record_death(act=act(), person=at.wayan)) == [
        Bar.HEAD_NEEDED
    ]
    stranger = person("Nyoman")
    found = refused(
        lambda: record_death(act=act(), person=at.wayan, new_head=stranger.pk)
    )
    assert found == [Bar.HEAD_NEEDED]


def test_when_a_child_leads_the_relations_follow_as_far_as_they_are_known() -> None:
    at = household()
    record_death(act=act(), person=at.wayan, new_head=at.putu.pk)
    assert reread(at.putu).relation == 1
    assert reread(at.ketut).relation == 7
    assert reread(at.nengah).relation == 9


def test_the_last_of_a_family_dies_without_a_new_head() -> None:
    alone = person("Mbah Tukiyem")
    record_death(act=act(), person=alone)
    assert reread(alone).status == "dead"


@pytest.mark.parametrize(
    "again",
    [
        lambda one: record_death(act=act(), person=one),
        lambda one: record_move_out(act=act(elsewhere="Malang"), people=[one]),
        lambda one: record_missing(act=act(), person=one),
        lambda one: record_marriage(act=act(), person=one),
        lambda one: record_move(
            act=act(), people=[one], to=Destination(Card.SAME, OTHER_RT)
        ),
    ],
    ids=["dies", "moves out", "goes missing", "marries", "moves"],
)
def test_nobody_does_anything_after_death(again: Callable[[Person], Any]) -> None:
    household()
    alone = person("Mbah Tukiyem")
    record_death(act=act(), person=alone)
    assert refused(lambda: again(reread(alone))) == [Bar.DIED]


def test_days_that_cannot_be() -> None:
    at = household()
    for on, bar in [
        (TODAY + timedelta(days=1), Bar.IN_FUTURE),
        (date(1954, 1, 1), Bar.BEFORE_BIRTH),
    ]:
        form = act(on)
        found = refused(partial(record_death, act=form, person=at.nengah))
        assert found == [bar]


def test_events_are_told_in_their_order() -> None:
    at = household()
    record_missing(act=act(TODAY - timedelta(days=3)), person=at.nengah)
    found = refused(
        lambda: record_found(act=act(TODAY - timedelta(days=4)), person=at.nengah)
    )
    assert found == [Bar.BEFORE_LAST_EVENT]


def test_missing_and_found() -> None:
    at = household()
    lost = record_missing(act=act(), person=at.nengah)[0]
    assert (reread(at.nengah).status, lost.left_region) == ("missing", RT_HERE)
    assert refused(lambda: record_missing(act=act(), person=at.nengah)) == [
        Bar.IS_MISSING
    ]
    found = record_found(act=act(), person=at.nengah)[0]
    assert (reread(at.nengah).status, found.joined_region) == ("living", RT_HERE)
    assert refused(lambda: record_found(act=act(), person=at.nengah)) == [Bar.IS_HERE]


def test_a_missing_person_is_found_dead_and_counted_out_once() -> None:
    at = household()
    record_missing(act=act(), person=at.nengah)
    death = record_death(act=act(), person=at.nengah)[0]
    assert (reread(at.nengah).status, death.left_region) == ("dead", "")
