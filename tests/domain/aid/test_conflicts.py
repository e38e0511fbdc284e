"""The conflict matrix, applied to what a family receives."""

from datetime import date

import pytest

from smartkampung.aid.cycles.bulk import judge
from smartkampung.aid.models import Conflict, Proposal
from smartkampung.aid.payments.bulk import barred
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.conflicts import Effect, RedLight
from smartkampung.residents.models import Person
from tests import cases, payments, population, rounds
from tests.cases import NOW, TODAY, Desk, listed

pytestmark = pytest.mark.django_db

SINCE = date(2020, 4, 1)


def ruled(
    first: str, second: str, effect: str, component: str = "", reach: str = "person"
) -> Conflict:
    """Write a cell of the matrix."""
    return Conflict.objects.create(
        first_id=first,
        second_id=second,
        effect=effect,
        component=component,
        reach=reach,
        since=SINCE,
        source="Kepmensos 54/HUK/2020",
    )


@pytest.fixture
def desk() -> Desk:
    """The office of the kecamatan."""
    return cases.desk(budget=0)


@pytest.fixture
def wayan(desk: Desk) -> Person:
    """Wayan, and a matrix of four cells."""
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


@pytest.fixture
def sister(wayan: Person) -> Person:
    """Wayan's sister on the same family card, who receives BPUM on her own name."""
    sister = population.person("Ni Luh Sari", household=wayan.family)
    listed(sister, "bpum", alone=True)
    return sister


def test_a_rule_about_the_same_person_leaves_others_on_the_card_alone(
    wayan: Person, sister: Person
) -> None:
    ruled("bpum", "prakerja", "block")
    assert effects(wayan, "prakerja") == []
    assert effects(sister, "prakerja") == [Effect.BLOCK]


def test_a_rule_about_the_family_card_counts_who_else_on_it_receives(
    wayan: Person, sister: Person
) -> None:
    ruled("bpum", "prakerja", "block", reach="family")
    (light,) = lights(wayan, "prakerja")
    assert (light.effect, light.another) == (Effect.BLOCK, True)
    (own,) = lights(sister, "prakerja")
    assert (own.effect, own.another) == (Effect.BLOCK, False)


def test_the_rule_about_the_person_is_closer_than_that_about_the_card(
    wayan: Person, sister: Person
) -> None:
    ruled("bpum", "prakerja", "block")
    ruled("bpum", "prakerja", "warn", reach="family")
    assert effects(wayan, "prakerja") == [Effect.WARN]
    assert effects(sister, "prakerja") == [Effect.BLOCK]


def test_the_rule_about_a_component_is_closest_of_all(wayan: Person) -> None:
    sister = population.person("Ni Luh Sari", household=wayan.family)
    listed(sister, "bpum", alone=True, component="pregnancy")
    ruled("bpum", "prakerja", "warn", "pregnancy", reach="family")
    ruled("bpum", "prakerja", "block")
    assert effects(sister, "prakerja") == [Effect.WARN]


def test_a_list_leaves_out_by_a_rule_about_the_family_card(
    desk: Desk, wayan: Person, sister: Person
) -> None:
    round_ = rounds.a_round(code="prakerja", budget=0, desk=desk)
    row = rounds.a_proposal(round_, wayan)
    judge(lists=[round_.village.pk], on=TODAY, by="cycles", at=NOW)
    assert Proposal.objects.get(pk=row.pk).state == "proposed"
    ruled("bpum", "prakerja", "block", reach="family")
    judge(lists=[round_.village.pk], on=TODAY, by="cycles", at=NOW)
    left_out = Proposal.objects.get(pk=row.pk)
    assert (left_out.state, left_out.reasons) == ("excluded", ["already_receiving"])


def test_a_payment_is_barred_by_a_rule_about_the_family_card(
    desk: Desk, wayan: Person, sister: Person
) -> None:
    round_ = rounds.a_round(code="prakerja", budget=9_000_000, desk=desk)
    due = rounds.a_due(round_, rounds.a_recipient(round_, wayan))
    payment = payments.a_payment(due)
    assert barred(batch=payment.batch_id, on=TODAY) == {}
    ruled("bpum", "prakerja", "block", reach="family")
    found = barred(batch=payment.batch_id, on=TODAY)
    assert found == {payment.pk: "already_receiving"}
