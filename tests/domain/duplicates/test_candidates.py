"""Who may already be the person that is being entered?"""

import uuid
from datetime import date
from typing import Any

import pytest

from smartkampung.audit.models import Access
from smartkampung.duplicates.actions import propose_for
from smartkampung.duplicates.models import NameShare, Pair
from smartkampung.duplicates.queries import Candidates, Entered, candidates_for
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.actions import set_nik
from smartkampung.residents.actions.arrivals import Newcomer, record_birth
from smartkampung.residents.actions.happening import Act
from smartkampung.residents.models import Person
from tests.doubles import NOW, double, merge, pair_of
from tests.population import (
    BUDI,
    ENDANG,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    WAYAN_BORN,
    WAYAN_KK,
    WAYAN_NIK,
    family,
    person,
    wayan,
)

pytestmark = pytest.mark.django_db


def asked(actor: Any = SARI, **more: Any) -> Candidates:
    known: dict[str, Any] = {
        "name": "I Wayan Sudarma",
        "sex": "L",
        "born_on": WAYAN_BORN,
        "region_code": RT_HERE,
    }
    return candidates_for(actor, Entered(**(known | more)))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"name": "I WAYAN SOEDARMA, S.Pd."},
        {"name": "Wayan Sudarma"},
        {"name": "I Wayan Sudarna"},
        {"born_on": date(1985, 12, 4)},
        {"born_on": date(1985, 4, 13), "kk": WAYAN_KK},
        {"born_on": date(1985, 1, 1), "kk": WAYAN_KK},
        {"born_on": None, "nik": WAYAN_NIK},
        {"nik": "3510091204850008"},
    ],
    ids=str,
)
def test_the_record_is_found_however_it_is_written(more: dict[str, Any]) -> None:
    known = wayan()
    found = asked(**more)
    assert [candidate.person for candidate in found.here] == [known]
    looks = Access.objects.filter(purpose="resident.candidates")
    assert [look.person_id for look in looks] == [known.pk]


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Ketut Artawan"},
        {"name": "I Wayan Sudarma", "born_on": date(1960, 7, 30), "sex": "P"},
    ],
    ids=str,
)
def test_somebody_else_is_nobodys_double(more: dict[str, Any]) -> None:
    wayan()
    assert asked(**more) == Candidates()


def test_a_twin_is_not_a_double() -> None:
    person("Made Artawan", household=family(WAYAN_KK), born_on=WAYAN_BORN)
    assert asked(name="Ketut Sudiarta", kk=WAYAN_KK).here == []


def test_records_elsewhere_are_counted_and_not_shown() -> None:
    known = person("I Wayan Sudarma", WAYAN_NIK, region=RT_NEXT_DOOR)
    found = asked(SARI, nik=WAYAN_NIK)
    assert (found.here, found.elsewhere) == ([], 1)
    assert not Access.objects.exists()
    for actor in (BUDI, ENDANG):
        here = asked(actor, nik=WAYAN_NIK).here
        assert [candidate.person for candidate in here] == [known]


def test_a_merged_record_is_not_offered() -> None:
    stands, other = wayan(), double("I Wayan Sudarma")
    merge(pair_of(stands, other), stands)
    assert [candidate.person for candidate in asked().here] == [stands]


def test_before_the_first_search_no_value_is_taken_for_rare() -> None:
    Person.objects.filter(pk=wayan().pk).update(birth_place="Lereng")
    why = asked(birth_place="Lereng", nik=WAYAN_NIK).here[0].evidence.why
    assert why["birth_place"][1] < 1


def test_a_common_name_is_weaker_evidence() -> None:
    wayan()
    NameShare.objects.create(column="mother", value="siti", share=0.02)
    strong = asked().here[0].evidence.weight
    NameShare.objects.create(column="name_key", value="isudarmawayan", share=0.02)
    assert asked().here[0].evidence.weight < strong


def test_who_stands_in_quarantine_is_found_by_the_nik_they_claim() -> None:
    wayan()
    claimant = person("Wayan Sudarma", born_on=None)
    set_nik(person=claimant, nik=WAYAN_NIK, by="sari", at=NOW)
    assert propose_for(person_id=claimant.pk, at=NOW) == 1
    assert Pair.objects.get().why["nik"][0] == "same"


def test_whoever_is_entered_is_compared_at_once() -> None:
    card = family(WAYAN_KK)
    person("Komang Adi", household=card, born_on=date(2026, 11, 1), relation=4)
    child = Newcomer("Komang Adit", "L", date(2026, 11, 1), 4)
    act = Act(uuid.uuid4(), date(2026, 11, 1), "sari", NOW)
    record_birth(act=act, family=card, child=child)
    run_waiting()
    assert Pair.objects.get().why["place"][0] == "same_card"


def test_asking_twice_proposes_once() -> None:
    wayan()
    second = double("I Wayan Sudarma")
    assert propose_for(person_id=second.pk, at=NOW) == 1
    assert propose_for(person_id=second.pk, at=NOW) == 0
