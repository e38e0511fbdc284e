"""The page of a stay shows what the household gets, to who may see aid, and reports."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Report
from smartkampung.audit.models import Access
from smartkampung.isolation.models import Stay
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.models import NIK, Person
from tests import cases, cast, population
from tests.contests import contested
from tests.isolating import a_reservation
from tests.watching import on_day, present

pytestmark = pytest.mark.django_db
LIST = "/staff/isolation/monitoring/stays/"
CARD = "What does this family get?"


@pytest.fixture(autouse=True)
def second_day() -> Iterator[None]:
    with time_machine.travel(on_day(2), tick=False):
        yield


def wayan_at_home(**fields: Any) -> tuple[Stay, Person]:
    """Let Wayan, who gets the food of the regency, isolate in his own house."""
    person = population.wayan()
    act_as(Kind.JOB)
    load_defaults()
    cases.listed(person, cases.FOOD, since=on_day(1).date())
    party = a_reservation(state="arrived", region_code=cast.RT_HERE)
    sealed = Sealed.of(population.WAYAN_NIK, NIK)
    return present(party, nik=sealed, identity=b"wayan", **fields), person


def enter(account: Staff) -> Client:
    return cast.sign_in(cast.english(Client()), account)


def page(client: Client, stay: Stay) -> str:
    answer = client.get(f"{LIST}{stay.pk}/")
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def test_sari_sees_what_the_household_gets_and_that_is_written_down() -> None:
    stay, person = wayan_at_home()
    shown = page(enter(cast.sari()), stay)
    assert CARD in shown
    assert "listed" in shown
    assert f"{LIST}{stay.pk}/aid/{person.pk}/" in shown
    look = Access.objects.get(purpose="isolation.aid")
    assert (look.person_id, look.by) == (person.pk, "sari")


SEES = {
    Role.VILLAGE_HEAD: cast.HERE,
    Role.RT_HEAD: cast.RT_HERE,
    Role.RW_HEAD: cast.RW_HERE,
    Role.KECAMATAN_OFFICER: cast.KECAMATAN,
}
NEVER = {
    Role.BABINSA: cast.HERE,
    Role.BHABINKAMTIBMAS: cast.HERE,
    Role.DINKES: cast.REGENCY,
}


@pytest.mark.parametrize("role", [*SEES, *NEVER])
def test_aid_is_a_field_of_those_who_see_aid_and_of_nobody_else(role: Role) -> None:
    stay, person = wayan_at_home()
    client = enter(cast.staff("one", role, (SEES | NEVER)[role]))
    shown = page(client, stay)
    assert (CARD in shown) == (role in SEES)
    assert ("Aid of the household" in shown) == (role in SEES)
    looked = Access.objects.filter(purpose="isolation.aid").exists()
    assert looked == (role in SEES)
    if role in NEVER:
        url = f"{LIST}{stay.pk}/aid/{person.pk}/"
        assert client.get(url).status_code == 403


def test_the_puskesmas_sees_health_and_no_aid() -> None:
    stay, _person = wayan_at_home()
    shown = page(enter(cast.dr_ratna()), stay)
    assert "How they are" in shown
    assert "Aid of the household" not in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"bound": False, "state": "expected", "present_at": None}, "nobody proved"),
        ({}, "nobody proved"),
    ],
    ids=["named by a booking only", "of a family next door"],
)
def test_who_proved_nothing_or_lives_elsewhere_shows_no_aid(
    fields: dict[str, Any], words: str
) -> None:
    stay, person = wayan_at_home(**fields)
    if not fields:
        Person.objects.filter(pk=person.pk).update(region_code=cast.NEXT_DOOR)
    sari = enter(cast.sari())
    shown = page(sari, stay)
    assert CARD not in shown
    assert words in shown
    assert sari.get(f"{LIST}{stay.pk}/aid/{person.pk}/").status_code == 404


def test_two_who_claim_one_number_are_told_apart_by_people() -> None:
    stay, person = wayan_at_home()
    contested(holder=person)
    assert CARD not in page(enter(cast.sari()), stay)


def report(client: Client, url: str, **answers: str) -> Any:
    form = {"form_id": str(uuid.uuid4()), "reason": "lost_livelihood", "story": ""}
    return client.post(url, form | answers)


def test_sari_reports_missing_aid_and_types_no_number() -> None:
    stay, person = wayan_at_home()
    sari = enter(cast.sari())
    url = f"{LIST}{stay.pk}/aid/{person.pk}/"
    assert "nothing is to be typed" in sari.get(url).content.decode()
    wrong = report(sari, url, reason="")
    assert wrong.status_code == 422
    done = report(sari, url)
    assert done.status_code == 302
    assert "/slip/" in done.headers["Location"]
    act_as(Kind.JOB)
    row = Report.objects.get()
    assert (row.channel, row.assisted_by) == ("assisted", "sari")
    assert row.nik.open() == population.WAYAN_NIK
    assert row.region_code == cast.RT_HERE


def test_a_record_without_a_card_number_is_reported_by_hand() -> None:
    stay, person = wayan_at_home()
    card = person.family
    card.kk = card.kk_index = None
    card.save()
    answer = report(enter(cast.sari()), f"{LIST}{stay.pk}/aid/{person.pk}/")
    assert answer.status_code == 409
    assert "by hand" in answer.content.decode()
    act_as(Kind.JOB)
    assert not Report.objects.exists()


def test_nobody_reports_for_who_is_not_of_this_household() -> None:
    stay, _person = wayan_at_home()
    other = population.person("Adi")
    answer = report(enter(cast.sari()), f"{LIST}{stay.pk}/aid/{other.pk}/")
    assert answer.status_code == 404
