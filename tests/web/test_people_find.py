"""Officers find people: by NIK without leaving traces in addresses, or by name."""

from datetime import date

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now
from smartkampung.residents.actions.nik import set_nik
from smartkampung.residents.models import Person
from tests import cast
from tests.population import RT_NEXT_DOOR, WAYAN_NIK, family, person, wayan

pytestmark = pytest.mark.django_db
FIND, NIK, NAMES = (
    "/staff/residents/",
    "/staff/residents/nik/",
    "/staff/residents/names/",
)


@pytest.fixture
def sari(client: Client) -> Client:
    return signed_in(client, cast.sari())


def signed_in(client: Client, account: Staff) -> Client:
    cast.english(client)
    return cast.sign_in(client, account)


def body(client: Client, url: str, **data: str) -> str:
    return client.post(url, data).content.decode()


def test_the_page_offers_both_ways(sari: Client) -> None:
    page = sari.get(FIND).content.decode()
    assert "Look up the NIK" in page
    assert "Search by name" in page
    assert "RW 002" in page


def test_sari_finds_wayan_by_nik_and_no_number_is_on_the_page(sari: Client) -> None:
    resident = wayan()
    page = body(sari, NIK, nik="3510 0912 0485 0003")
    assert "I Wayan Sudarma" in page
    assert f"/staff/residents/{resident.pk}/" in page
    assert WAYAN_NIK not in page
    assert Access.objects.get(purpose="resident.find").person_id == resident.pk


def test_a_nik_from_next_door_reads_like_one_that_nobody_has(sari: Client) -> None:
    person("Made", WAYAN_NIK, region=RT_NEXT_DOOR)
    there = body(sari, NIK, nik=WAYAN_NIK)
    nowhere = body(sari, NIK, nik="3510091204850004")
    assert "Nobody with this NIK in your area" in there
    assert without_token(there) == without_token(nowhere)


def without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the NIK"),
        ("351009120485000", "You typed 15."),
        ("351009120485000O", "digits only"),
        ("0510091204850003", "does not start with 0"),
        ("3510098504850003", "Digits 7 and 8"),
        ("3510091213850003", "Digits 9 and 10"),
        ("😀" * 16, "digits only"),
        ("1" * 500, "at most 40"),
    ],
)
def test_a_mistyped_nik_is_explained_and_kept(
    sari: Client, typed: str, said: str
) -> None:
    answer = sari.post(NIK, {"nik": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{typed}"' in page or not typed


@pytest.mark.parametrize("url", [NIK, NAMES])
def test_nothing_is_found_through_an_address(sari: Client, url: str) -> None:
    assert sari.get(f"{url}?nik={WAYAN_NIK}&name=Wayan").status_code == 405


def test_sari_searches_by_name_with_a_typing_mistake(sari: Client) -> None:
    person("Siti Aminah", WAYAN_NIK, sex="P")
    page = body(sari, NAMES, name="Stii Aminah")
    assert "Siti Aminah" in page
    assert "1 person fits" in page
    assert WAYAN_NIK[-4:] not in page


def test_birth_and_place_narrow(sari: Client) -> None:
    person("Siti Aminah", born_on=date(1985, 4, 12))
    person("Siti Amina", born_on=date(1990, 4, 12))
    assert "1 person fits" in body(sari, NAMES, name="Siti", birth="12-04-1985")
    assert "1 person fits" in body(sari, NAMES, name="Siti", birth="1990")
    assert "1 person fits" in body(sari, NAMES, birth="12/04/1985")
    assert "2 people fit" in body(sari, NAMES, name="Siti", region=cast.RW_HERE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Type a name, or a full date of birth."),
        ({"birth": "1985"}, "Type a name, or a full date of birth."),
        ({"name": "Siti", "birth": "31-02-1985"}, "Type the date of birth as"),
        ({"name": "Siti", "birth": "yesterday"}, "Type the date of birth as"),
        ({"name": "Siti", "birth": "2999"}, "lies in the future"),
        ({"name": "Siti", "birth": "01-01-2999"}, "lies in the future"),
        ({"name": "Siti", "birth": "1602"}, "too far back"),
        ({"name": "Siti", "region": "35.10.09.2004"}, "Select a valid choice"),
        ({"name": "😀"}, "Type a name, or a full date of birth."),
        ({"name": "S" * 500}, "at most 120"),
    ],
)
def test_bad_input_is_explained_and_kept(
    sari: Client, data: dict[str, str], said: str
) -> None:
    answer = sari.post(NAMES, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert data.get("name", "") in page


def test_nobody_fits_says_what_to_try(sari: Client) -> None:
    assert "Nobody fits in your area" in body(sari, NAMES, name="Xyzzy")


def test_pages_carry_the_question_and_not_the_address(sari: Client) -> None:
    household = family(None)
    for number in range(25):
        person("Siti", born_on=date(1990, 1, 1 + number), household=household)
    first = body(sari, NAMES, name="Siti", birth="1990")
    assert "Page 1 of 2" in first
    second = body(sari, NAMES, name="Siti", birth="1990", page="2")
    assert "Page 2 of 2" in second
    assert second.count('<th scope="row">') == 5
    assert "Page 1 of 2" in body(sari, NAMES, name="Siti", birth="1990", page="x")


def test_a_contested_nik_is_announced(sari: Client) -> None:
    assert "claimed by two people" not in sari.get(FIND).content.decode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Person.Status.DEAD, "has died"),
        (Person.Status.MOVED, "has moved away"),
        (Person.Status.MISSING, "is missing"),
    ],
)
def test_nobody_reads_that_all_is_well_about_the_dead_or_moved(
    sari: Client, status: str, words: str
) -> None:
    person("I Wayan Sudarma", WAYAN_NIK, household=family(), status=status)
    page = body(sari, NIK, nik=WAYAN_NIK)
    assert words in page
    assert "No other aid stands in the way" not in page


def test_both_sides_of_a_contested_nik_are_marked(sari: Client) -> None:
    holder = wayan()
    assert "Two people say" not in body(sari, NIK, nik=WAYAN_NIK)
    set_nik(person=person("Misnadin"), nik=WAYAN_NIK, by="sari", at=now())
    assert "Two people say that this NIK is theirs" in body(sari, NIK, nik=WAYAN_NIK)
    assert "Two people say" in sari.get(f"{FIND}{holder.pk}/").content.decode()
