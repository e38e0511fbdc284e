"""Moves within the regency, out of it, into it: what they change, and what cannot be."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.kernel.sealed import blind_index
from smartkampung.regions.models import Region
from smartkampung.residents.actions.absences import (
    record_return,
)
from smartkampung.residents.actions.arrivals import (
    Newcomer,
    open_family,
    record_move_in,
)
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.models import KK, Family
from smartkampung.residents.queries.events import events_for
from smartkampung.residents.rules.life import Bar
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY
from tests.corrections import asked
from tests.lives import TODAY, act, household, refused, reread
from tests.population import (
    BUDI,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    WAYAN_KK,
    WAYAN_NIK,
    family,
    person,
)

pytestmark = pytest.mark.django_db
NEW_KK, FREE_NIK = "3510092411260001", "3510091001000007"


def next_door(card: Card = Card.SAME, **more: Any) -> Destination:
    return Destination(card, RT_NEXT_DOOR, **more)


def test_a_whole_family_moves_with_its_card_and_both_villages_see_it() -> None:
    at = household()
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    events = record_move(act=act(), people=everybody, to=next_door())
    assert {reread(one).region_code for one in everybody} == {RT_NEXT_DOOR}
    card = Family.objects.get(pk=at.card.pk)
    assert (card.region_code, bytes(card.kk_index or b"")) == (
        RT_NEXT_DOOR,
        blind_index(WAYAN_KK, KK),
    )
    assert {event.left_family_id for event in events} == {None}
    assert set(events_for(SARI)) == set(events_for(BUDI)) == set(events)


def test_the_card_stays_unless_all_go() -> None:
    at = household()
    found = refused(
        lambda: record_move(
            act=act(), people=[at.ketut, at.putu], to=next_door(Card.SAME)
        )
    )
    assert found == [Bar.ALL_MUST_GO]


def test_some_move_onto_a_card_of_their_own() -> None:
    at = household()
    record_move(
        act=act(),
        people=[at.ketut, at.putu],
        to=next_door(Card.NEW, kk=NEW_KK, new_head=at.ketut.pk),
    )
    ketut, putu = reread(at.ketut), reread(at.putu)
    assert ketut.family == putu.family != at.card
    assert (ketut.relation, putu.relation) == (1, 4)
    assert ketut.family.phone is not None
    assert ketut.family.region_code == RT_NEXT_DOOR
    assert reread(at.wayan).region_code == RT_HERE


def test_the_head_who_goes_leaves_a_head_behind() -> None:
    at = household()
    to = next_door(Card.NEW, kk="", new_head=at.wayan.pk)
    assert refused(lambda: record_move(act=act(), people=[at.wayan], to=to)) == [
        Bar.HEAD_NEEDED
    ]
    record_move(act=act(), people=[at.wayan], to=to, head_of_rest=at.ketut.pk)
    assert reread(at.ketut).relation == 1
    assert reread(at.wayan).relation == 1


def test_some_join_a_family_there() -> None:
    at = household()
    there = family("3510091204110077", region=RT_NEXT_DOOR, phone=None)
    person("Made", household=there)
    to = Destination(Card.JOIN, into=there, relation=8)
    events = record_move(act=act(), people=[at.nengah], to=to)
    nengah = reread(at.nengah)
    assert (nengah.family, nengah.relation, nengah.region_code) == (
        there,
        8,
        RT_NEXT_DOOR,
    )
    assert events[0].left_family == at.card


@pytest.mark.parametrize(
    ("to", "bars"),
    [
        (Destination(Card.SAME, RT_HERE), [Bar.SAME_PLACE]),
        (Destination(Card.SAME, "35.10.09.2004.001.099"), [Bar.NO_SUCH_RT]),
        (Destination(Card.SAME, "35.10.09.2004"), [Bar.NO_SUCH_RT]),
        (Destination(Card.JOIN), [Bar.CARD_UNKNOWN]),
        (Destination(Card.NEW, RT_NEXT_DOOR), [Bar.NEW_CARD_HEAD_NEEDED]),
    ],
)
def test_moves_that_cannot_be(to: Destination, bars: list[Bar]) -> None:
    at = household()
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    assert refused(lambda: record_move(act=act(), people=everybody, to=to)) == bars


def test_joining_says_as_what_and_nobody_joins_their_own_card() -> None:
    at = household()
    there = family(None, region=RT_NEXT_DOOR, phone=None)
    found = refused(
        lambda: record_move(
            act=act(), people=[at.nengah], to=Destination(Card.JOIN, into=there)
        )
    )
    assert found == [Bar.RELATION_NEEDED, Bar.NOBODY_LIVES_THERE]
    found = refused(
        lambda: record_move(
            act=act(),
            people=[at.nengah],
            to=Destination(Card.JOIN, into=at.card, relation=9),
        )
    )
    assert found == [Bar.SAME_CARD]


def test_a_move_compares_the_nik_with_the_new_place() -> None:
    at = household()
    far_away = f"{FAR_AWAY}.001.001"
    Region.objects.create(code=far_away, name="RT 001", kind="rt", parent_id=FAR_AWAY)
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    record_move(act=act(), people=everybody, to=Destination(Card.SAME, far_away))
    assert reread(at.wayan).nik_flags == 1


def test_what_waits_about_a_person_moves_along() -> None:
    at = household()
    wish = asked(at.ketut)
    record_move(
        act=act(),
        people=[at.ketut],
        to=next_door(Card.NEW, new_head=at.ketut.pk),
    )
    wish.refresh_from_db()
    assert wish.region_code == RT_NEXT_DOOR
    assert WorkItem.objects.get().region_code == RT_NEXT_DOOR


def test_out_of_the_regency_and_back() -> None:
    at = household()
    out = act(elsewhere="Malang, Jawa Timur")
    events = record_move_out(act=out, people=[at.wayan], head_of_rest=at.ketut.pk)
    assert reread(at.wayan).status == "moved"
    assert (events[0].left_region, events[0].elsewhere) == (
        RT_HERE,
        "Malang, Jawa Timur",
    )
    assert reread(at.ketut).relation == 1
    record_return(act=act(), people=[at.wayan])
    assert reread(at.wayan).status == "living"


def test_moving_out_says_where_to() -> None:
    at = household()
    assert refused(lambda: record_move_out(act=act(), people=[at.putu])) == [
        Bar.NO_PLACE_NAMED
    ]
    assert refused(
        lambda: record_move_out(act=act(elsewhere="Malang"), people=[at.wayan])
    ) == [Bar.HEAD_NEEDED]


def test_who_returns_to_an_empty_card_is_led_by_somebody() -> None:
    at = household()
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    record_move_out(act=act(elsewhere="Malang"), people=everybody)
    assert refused(lambda: record_return(act=act(), people=[at.putu])) == [
        Bar.HEAD_NEEDED
    ]
    record_return(act=act(), people=[at.ketut, at.putu], new_head=at.ketut.pk)
    assert reread(at.ketut).relation == 1
    assert refused(lambda: record_return(act=act(), people=[at.putu])) == [Bar.IS_HERE]


def test_a_family_arrives_from_outside_head_first() -> None:
    household()
    head = Newcomer("Slamet", "L", date(1980, 1, 10), relation=1, nik=FREE_NIK)
    event = open_family(
        act=act(elsewhere="Jember"),
        region_code=RT_HERE,
        kk=NEW_KK,
        address="Jalan Melati 2",
        head=head,
    )
    card = event.person.family
    assert (card.address, card.region_code) == ("Jalan Melati 2", RT_HERE)
    wife = Newcomer("Sumiati", "P", date(1982, 3, 1), relation=3)
    joined = record_move_in(act=act(elsewhere="Jember"), family=card, newcomer=wife)
    assert joined.person.family == card
    found = refused(
        lambda: record_move_in(act=act(elsewhere="Jember"), family=card, newcomer=wife)
    )
    assert found == [Bar.ALREADY_RECORDED]


@pytest.mark.parametrize(
    ("change", "elsewhere", "on", "bar"),
    [
        ({"nik": WAYAN_NIK}, "Jember", TODAY, Bar.NIK_LIVES_HERE),
        ({}, "", TODAY, Bar.NO_PLACE_NAMED),
        ({}, "Jember", TODAY + timedelta(days=1), Bar.IN_FUTURE),
        ({}, "Jember", date(1979, 1, 1), Bar.BEFORE_BIRTH),
        ({"relation": 1}, "Jember", TODAY, Bar.RELATION_NEEDED),
    ],
)
def test_arrivals_that_cannot_be(
    change: dict[str, Any], elsewhere: str, on: date, bar: Bar
) -> None:
    at = household()
    slamet = {"name": "Slamet", "sex": "L", "born_on": date(1980, 1, 10), "relation": 9}
    newcomer = Newcomer(**{**slamet, **change})
    found = refused(
        lambda: record_move_in(
            act=act(on, elsewhere=elsewhere), family=at.card, newcomer=newcomer
        )
    )
    assert found == [bar]


def test_who_lived_here_before_returns_and_is_not_written_down_twice() -> None:
    at = household()
    leaving = act(elsewhere="Malang")
    record_move_out(act=leaving, people=[at.ketut])
    back = Newcomer("Ketut", "P", date(1988, 6, 15), relation=9, nik="3510095506880002")
    found = refused(
        lambda: record_move_in(
            act=act(elsewhere="Malang"), family=at.card, newcomer=back
        )
    )
    assert found == [Bar.NIK_RETURNS]


def test_the_dead_do_not_move_in() -> None:
    at = household()
    record_death(act=act(), person=at.ketut)
    back = Newcomer("Ketut", "P", date(1988, 6, 15), relation=9, nik="3510095506880002")
    found = refused(
        lambda: record_move_in(
            act=act(elsewhere="Malang"), family=at.card, newcomer=back
        )
    )
    assert found == [Bar.DIED]
