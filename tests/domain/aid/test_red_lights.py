"""Red lights and the card "what does this family get", on the shipped matrix."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Conflict, Enrolment, Programme
from smartkampung.aid.queries.benefits import (
    Standing,
    benefits_of_family,
    card_of_family,
)
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.residents.models import Person
from tests import cases, population
from tests.cases import TODAY, call, listed

pytestmark = pytest.mark.django_db


def lights(person: Person, programme: str, on: date = TODAY) -> list[tuple[str, str]]:
    """Return what is received, and what it does to a programme."""
    found = red_lights(
        family_id=person.family_id, person_id=person.pk, programmes=[programme], on=on
    )
    return [(light.aid.programme, light.effect.value) for light in found]


@pytest.fixture
def wayan() -> Person:
    """Wayan, and the shipped matrix."""
    load_defaults()
    return population.wayan()


@pytest.mark.parametrize(
    ("has", "asks", "effect"),
    [
        ("pkh", "bst", "block"),
        ("pkh", "blt_dd", "block"),
        ("pkh", "apbd_food", "block"),
        ("bpnt", "blt_dd", "block"),
        ("bpnt", "apbd_food", "block"),
        ("bst", "blt_dd", "block"),
        ("bst", "apbd_food", "block"),
        ("blt_dd", "prakerja", "block"),
        ("blt_dd", "apbd_food", "block"),
        ("bpum", "apbd_food", "block"),
        ("pkh", "prakerja", "warn"),
        ("bpnt", "bst", "warn"),
        ("pkh", "bpnt", ""),
        ("apbd_food", "apbd_nutrition", ""),
        ("pkh", "apbd_nutrition", ""),
    ],
)
def test_the_shipped_matrix(wayan: Person, has: str, asks: str, effect: str) -> None:
    listed(wayan, has)
    assert lights(wayan, asks) == ([(has, effect)] if effect else [])


def test_pkh_for_a_pregnancy_excludes_the_nutrition_pack(wayan: Person) -> None:
    listed(wayan, "pkh", component="pregnancy")
    assert lights(wayan, "apbd_nutrition") == [("pkh", "block")]


def test_a_list_left_is_no_red_light(wayan: Person) -> None:
    row = listed(wayan, "pkh")
    Enrolment.objects.filter(pk=row.pk).update(until=TODAY)
    assert lights(wayan, "bst") == []
    assert lights(wayan, "bst", on=TODAY - timedelta(days=1)) == [("pkh", "block")]


def test_an_edited_rule_counts_from_its_day(wayan: Person) -> None:
    listed(wayan, "pkh")
    Conflict.objects.filter(first="bst", second="pkh").update(until=TODAY)
    assert lights(wayan, "bst") == []


def test_without_a_programme_every_open_programme_is_looked_at(
    wayan: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    listed(wayan, "pkh")
    listed(wayan, "bpnt")
    with django_assert_num_queries(1):
        found = red_lights(family_id=wayan.family_id, person_id=wayan.pk, on=TODAY)
    assert {(light.programme, light.aid.programme) for light in found} == {
        ("apbd_food", "bpnt"),
        ("apbd_food", "pkh"),
        ("apbd_nutrition", "bpnt"),
        ("blt_dd", "bpnt"),
        ("blt_dd", "pkh"),
        ("jatim", "bpnt"),
        ("jatim", "pkh"),
    }


def test_names_follow_the_language_of_the_reader(wayan: Person) -> None:
    listed(wayan, "pkh")
    for language, name in (
        ("id", "Program Keluarga Harapan (PKH)"),
        ("en", "Family Hope Programme (PKH)"),
    ):
        with override(language):
            found = red_lights(
                family_id=wayan.family_id,
                person_id=wayan.pk,
                programmes=["bst"],
                on=TODAY,
            )
        assert found[0].aid.programme_name == name


def test_the_card_tells_listed_from_paid(
    wayan: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    listed(wayan, "bpnt")
    paid = listed(wayan, "pkh")
    Enrolment.objects.filter(pk=paid.pk).update(last_paid_on=TODAY)
    with django_assert_num_queries(2):
        card = benefits_of_family(family_id=wayan.family_id, on=TODAY)
    assert [(row.programme, row.standing) for row in card] == [
        ("bpnt", Standing.LISTED),
        ("pkh", Standing.PAID),
    ]


@pytest.mark.parametrize("codes", [[], ["pkh"], ["pkh", "bpnt"], ["apbd_nutrition"]])
def test_the_card_in_one_go_says_what_the_two_answers_say(
    wayan: Person,
    codes: list[str],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for code in codes:
        listed(wayan, code)
    family, on = wayan.family_id, TODAY
    with django_assert_max_num_queries(3 if codes else 1):
        card = card_of_family(family_id=family, person_id=wayan.pk, on=on)
    lights = red_lights(family_id=family, person_id=wayan.pk, on=on)
    assert card.benefits == benefits_of_family(family_id=family, on=on)
    assert sorted(card.lights, key=str) == sorted(lights, key=str)


def test_the_card_follows_aid_until_it_is_in_hand() -> None:
    desk = cases.desk()
    due = cases.approved(desk)

    def standing(on: date = TODAY) -> tuple[Standing, date | None]:
        (row,) = benefits_of_family(family_id=due.family_id, on=on)
        return row.standing, row.expected_on

    assert standing() == (Standing.APPROVED, None)
    cases.announced(desk, due)
    assert standing() == (Standing.SCHEDULED, TODAY)
    next_month = date(2026, 12, 3)
    assert standing(next_month) == (Standing.SCHEDULED, TODAY)
    call(cases.due_of(due.claim), desk.sari)
    assert standing() == (Standing.PAID, None)
    assert benefits_of_family(family_id=due.family_id, on=next_month) == []


def test_defaults_never_overwrite_what_somebody_edited() -> None:
    load_defaults()
    Programme.objects.filter(pk="bst").update(amount=300_000)
    Conflict.objects.filter(first="bst", second="pkh").update(effect="warn")
    before = Conflict.objects.count()
    load_defaults()
    assert Programme.objects.get(pk="bst").amount == 300_000
    assert Conflict.objects.get(first="bst", second="pkh").effect == "warn"
    assert Conflict.objects.count() == before
