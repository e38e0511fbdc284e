"""The conflict matrix, applied to what a family receives."""

from datetime import date

import pytest

from smartkampung.aid.models import Conflict
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.conflicts import Effect, RedLight
from smartkampung.residents.models import Person
from tests import cases, population
from tests.cases import TODAY, listed

pytestmark = pytest.mark.django_db

SINCE = date(2020, 4, 1)


def ruled(first: str, second: str, effect: str, component: str = "") -> Conflict:
    """Write a cell of the matrix."""
    return Conflict.objects.create(
        first_id=first,
        second_id=second,
        effect=effect,
        component=component,
        since=SINCE,
        source="Kepmensos 54/HUK/2020",
    )


@pytest.fixture
def wayan() -> Person:
    """Wayan, and a matrix of four cells."""
    cases.desk(budget=0)
    Conflict.objects.all().delete()
    ruled("bst", "pkh", "block")
    ruled("bpnt", "pkh", "allow")
    ruled("apbd_nutrition", "pkh", "block", "pregnancy")
    ruled("bpnt", "bst", "warn")
    return population.wayan()


def lights(person: Person, asked: str) -> list[RedLight]:
    """Return what stands against a programme."""
    return red_lights(
        family_id=person.family_id, person_id=person.pk, programmes=[asked], on=TODAY
    )


def effects(person: Person, asked: str) -> list[Effect]:
    """Return the effects of what is received on what is asked."""
    return [light.effect for light in lights(person, asked)]


@pytest.mark.parametrize(
    ("asked", "received", "expected"),
    [
        ("bst", "pkh", [Effect.BLOCK]),
        ("pkh", "bst", [Effect.BLOCK]),
        ("bpnt", "pkh", []),
        ("bst", "bpnt", [Effect.WARN]),
        ("bst", "prakerja", []),
        ("bst", "bst", [Effect.BLOCK]),
    ],
    ids=[
        "pkh excludes bst",
        "whichever came first",
        "pkh and bpnt go together",
        "no rule found means look closely",
        "no cell means allowed",
        "the same programme twice is never allowed",
    ],
)
def test_a_pair(
    wayan: Person, asked: str, received: str, expected: list[Effect]
) -> None:
    listed(wayan, received)
    assert effects(wayan, asked) == expected


def test_a_rule_about_a_component_leaves_other_components_alone(wayan: Person) -> None:
    row = listed(wayan, "pkh", component="pregnancy")
    assert effects(wayan, "apbd_nutrition") == [Effect.BLOCK]
    row.component = "school"
    row.save()
    assert effects(wayan, "apbd_nutrition") == []


def test_the_rule_closest_to_the_case_wins(wayan: Person) -> None:
    ruled("apbd_nutrition", "pkh", "warn")
    row = listed(wayan, "pkh", component="pregnancy")
    assert effects(wayan, "apbd_nutrition") == [Effect.BLOCK]
    row.component = ""
    row.save()
    assert effects(wayan, "apbd_nutrition") == [Effect.WARN]


def test_aid_on_another_members_name_does_not_stop_aid_for_a_person(
    wayan: Person,
) -> None:
    sister = population.person("Ni Luh Sari", household=wayan.family)
    listed(sister, "apbd_nutrition", alone=True)
    assert effects(wayan, "apbd_nutrition") == []
    assert effects(sister, "apbd_nutrition") == [Effect.BLOCK]


def test_aid_of_the_whole_family_stops_aid_for_a_person(wayan: Person) -> None:
    listed(wayan, "pkh", component="pregnancy")
    assert effects(wayan, "apbd_nutrition") == [Effect.BLOCK]


def test_blocks_come_before_warnings(wayan: Person) -> None:
    listed(wayan, "bpnt")
    listed(wayan, "pkh")
    assert effects(wayan, "bst") == [Effect.BLOCK, Effect.WARN]


def test_a_light_carries_the_record_and_the_rule_behind_it(wayan: Person) -> None:
    row = listed(wayan, "pkh")
    (light,) = lights(wayan, "bst")
    assert (light.aid.enrolment_id, light.source, light.blocks) == (
        row.pk,
        "Kepmensos 54/HUK/2020",
        True,
    )
