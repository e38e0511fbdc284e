"""The population report agrees with the registry on every date, whatever happens.

A random year is told through the very actions that pages call, and at the same time
to a small model in memory: who lives where on which day. Then every number of every
month, and every person on every day, is asked of the registry and of the model.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.regions.codes import ancestor
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
)
from smartkampung.residents.models import Person
from smartkampung.residents.queries.as_of import members_on, people_on, person_on
from smartkampung.residents.queries.population import (
    Flow,
    flows,
    population,
    whole_of,
)
from tests import cast
from tests.lives import reread
from tests.worlds import (
    DEEDS,
    FIRST,
    KECAMATAN,
    LAST,
    REGENCY,
    RTS,
    VILLAGE,
    World,
    begin,
)


def tell(world: World, deeds: list[int]) -> None:
    """Let these things happen, spread over the year."""
    step = (LAST - FIRST).days // max(len(deeds), 1)
    for deed in deeds:
        world.day += timedelta(days=world.dice.randint(0, step))
        DEEDS[deed](world)


def agrees(world: World) -> None:
    """Compare every month and many days with the model, and the parts with each other."""
    days = [FIRST - timedelta(days=1)]
    days += [date(2026, month, 1) - timedelta(days=1) for month in range(2, 13)]
    days += [LAST]
    for opening, closing in pairwise(days):
        for region, length in ((cast.REGENCY, VILLAGE), (cast.REGENCY, KECAMATAN)):
            told = flows(region=region, length=length, opening=opening, closing=closing)
            assert all(flow.balanced for flow in told.values())
            agrees_in_whole(told, region, opening, closing)
            places = {code[:length] for code in RTS} | set(told)
            for place in places:
                expected = world.happened(opening, closing, length, place)
                assert told.get(place, Flow()) == expected, (place, opening)
    for day in world.dice.sample(range(365), 4):
        agrees_on(world, FIRST + timedelta(days=day))


def agrees_in_whole(
    parts: dict[str, Flow], region: str, opening: date, closing: date
) -> None:
    """Compare the sum of the parts with a count of the whole, for one and for all."""
    days = {"opening": opening, "closing": closing}
    for code in (region, cast.KECAMATAN):
        inside = {place: flow for place, flow in parts.items() if place[:8] == code}
        counted = flows(region=code, length=len(code), **days).get(code, Flow())
        found = parts if code == region else inside
        assert whole_of(found.values(), region=code, **days) == counted


def agrees_on(world: World, on: date) -> None:
    """Compare the numbers, the people and the families of one day."""
    everybody = list(Person.objects.select_related("family"))
    then = {one.pk: one for one in people_on(everybody, on)}
    living = {pk: one for pk, one in then.items() if one.status == "living"}
    for pk in world.stays:
        assert (living[pk].region_code if pk in living else None) == world.place_of(
            pk, on
        )
    counted = Counter(ancestor(one.region_code, "village") for one in living.values())
    for length, region in ((VILLAGE, cast.REGENCY), (REGENCY, cast.REGENCY)):
        assert population(region=region, length=length, on=on) == world.count(
            on, length
        )
    assert population(region=cast.REGENCY, length=VILLAGE, on=on) == dict(counted)
    for card in {one.family for one in everybody}:
        on_card = {one.pk for one in members_on(card, on)}
        assert on_card == {pk for pk, one in then.items() if one.family_id == card.pk}


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=15, derandomize=True)
@given(
    seed=st.integers(0, 2**32),
    deeds=st.lists(st.integers(0, len(DEEDS) - 1), min_size=5, max_size=20),
)
def test_the_report_agrees_with_the_registry_on_every_date(
    seed: int, deeds: list[int]
) -> None:
    with transaction.atomic():
        world = begin(seed)
        tell(world, deeds)
        agrees(world)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_corrected_birth_date_moves_the_birth() -> None:
    world = begin(1)
    world.day = date(2026, 3, 10)
    world.birth()
    child = max(world.stays)
    Person.objects.filter(pk=child).update(born_on=date(2026, 2, 10))
    february = flows(
        region=cast.REGENCY,
        length=REGENCY,
        opening=date(2026, 1, 31),
        closing=date(2026, 2, 28),
    )[cast.REGENCY]
    assert (february.births, february.balanced) == (1, True)


@pytest.mark.django_db
def test_a_moment_before_and_after_a_move() -> None:
    world = begin(2)
    world.day = date(2026, 3, 10)
    one = world.pick("living", alone=True)
    assert one is not None
    to = Destination(Card.NEW, RTS[2], new_head=one.pk)
    if one.region_code == RTS[2]:
        to = Destination(Card.NEW, RTS[0], new_head=one.pk)
    record_move(act=world.form(), people=[one], to=to)
    eve = person_on(reread(one), date(2026, 3, 9))
    day = person_on(reread(one), date(2026, 3, 10))
    assert eve is not None
    assert day is not None
    assert (eve.region_code, eve.relation) == (one.region_code, one.relation)
    assert (day.region_code, day.relation) == (to.region_code, 1)


@pytest.mark.django_db
def test_a_record_that_was_merged_is_counted_on_no_day() -> None:
    world = begin(3)
    world.day = date(2026, 3, 10)
    world.arrival()
    double = Person.objects.get(pk=max(world.stays))
    stands = Person.objects.get(pk=min(world.stays))
    Person.objects.filter(pk=double.pk).update(status="merged", merged_into=stands)
    del world.stays[double.pk]
    agrees(world)
