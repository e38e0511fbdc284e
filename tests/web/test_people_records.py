"""A record shows to each role what is theirs to see, and every look is kept."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from smartkampung.accounts.actions import assign
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.aid.bulk import load_defaults
from smartkampung.audit.actions import looked
from smartkampung.audit.models import Access
from smartkampung.residents.models import Family, Person
from smartkampung.residents.rules.fields import FIELDS, fields_seen
from smartkampung.residents.subject import FAMILY
from tests import cast
from tests.cases import listed
from tests.contests import contested
from tests.corrections import asked
from tests.population import (
    RT_HERE,
    WAYAN_KK,
    WAYAN_NIK,
    WAYAN_PHONE,
    family,
    person,
    wayan,
)

pytestmark = pytest.mark.django_db
REASON = "Reading the NIK to the bank with the resident present."
# What only this field can put on the page.
CANARIES = {
    "name": "Kanariwan Sudarma",
    "sex": "Woman",
    "status": "missing",
    "relation": "Parent-in-law",
    "place": "RT 007 RW 002, Sumberwangi, Lereng",
    "temporary_id": "0351009200300012",
    "born_on": "12 April 1985",
    "birth_place": "Kanaribumi",
    "address": "Jalan Kanari 3",
    "education": "Doctorate",
    "occupation": "Mosque imam",
    "marital_status": "Widowed",
    "citizenship": "Dual citizenship",
    "father_name": "Ayah Kanari",
    "mother_name": "Ibu Kanari",
    "religion": "Confucian",
    "blood_type": "AB-",
    "nik": "•" * 12 + WAYAN_NIK[-4:],
    "kk": "•" * 12 + "0777",
    "phone": "•" * 10 + WAYAN_PHONE[-4:],
}


def signed_in(client: Client, account: Staff) -> Client:
    cast.english(client)
    return cast.sign_in(client, account)


@pytest.fixture
def sari(client: Client) -> Client:
    return signed_in(client, cast.sari())


def url(resident: Person, tail: str = "") -> str:
    return f"/staff/residents/{resident.pk}/{tail}"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def canary() -> Person:
    household = family("3510091204110777")
    Family.objects.update(address=CANARIES["address"])
    resident = person(CANARIES["name"], WAYAN_NIK, household=household, sex="P")
    Person.objects.update(
        status="missing",
        relation=8,
        temporary_id=CANARIES["temporary_id"],
        birth_place=CANARIES["birth_place"],
        education=10,
        occupation=41,
        marital_status=4,
        citizenship=3,
        father_name=CANARIES["father_name"],
        mother_name=CANARIES["mother_name"],
        religion=6,
        blood_type=10,
    )
    return resident


def test_every_field_has_a_canary() -> None:
    assert set(CANARIES) == set(FIELDS)


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_fields_and_no_other(client: Client, role: Role) -> None:
    resident = canary()
    signed_in(client, cast.staff("somebody", role, cast.HERE))
    answer = client.get(url(resident))
    expected = fields_seen([role])
    if Permission.RESIDENT_VIEW not in PERMISSIONS[role]:
        assert answer.status_code == 403
        assert not expected
        return
    text = answer.content.decode()
    shown = {name for name, words in CANARIES.items() if words in text}
    assert shown == expected


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_fields_exactly_when_it_may_see_people(role: Role) -> None:
    may = Permission.RESIDENT_VIEW in PERMISSIONS[role]
    assert bool(fields_seen([role])) is may


def test_outside_is_not_found(client: Client) -> None:
    resident = wayan()
    budi = signed_in(client, cast.budi())
    for address in (
        url(resident),
        url(resident, "looks/"),
        f"/staff/residents/families/{resident.family_id}/",
    ):
        assert budi.get(address).status_code == 404
    assert budi.post(url(resident, "number/")).status_code == 404
    assert not Access.objects.exists()


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("nik", "3510 0912 0485 0003"),
        ("kk", "3510 0912 0411 0003"),
        ("phone", "+628 1234 5678 90"),
    ],
)
def test_a_number_is_shown_once_for_a_reason_that_is_kept(
    sari: Client, number: str, plain: str
) -> None:
    resident = wayan()
    answer = sari.post(url(resident, "number/"), {"number": number, "reason": REASON})
    shown = answer.content.decode()
    assert plain in shown
    assert (f'href="tel:{WAYAN_PHONE}"' in shown) is (number == "phone")
    assert "no-store" in answer["Cache-Control"]
    look = Access.objects.get(revealed=True)
    assert (look.purpose, look.reason) == (f"resident.{number}", REASON)
    assert plain not in page(sari, url(resident))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"number": "nik", "reason": ""}, "This field is required"),
        ({"number": "nik", "reason": "because"}, "at least 10 letters"),
        ({"number": "nik", "reason": f"Card of {WAYAN_NIK}"}, "Do not write a NIK"),
        ({"number": "religion", "reason": REASON}, "Select a valid choice"),
        ({"reason": REASON}, "This field is required"),
        ({"number": "nik", "reason": "x" * 201}, "at most 200"),
    ],
)
def test_without_a_good_reason_nothing_is_shown(
    sari: Client, data: dict[str, str], said: str
) -> None:
    resident = wayan()
    answer = sari.post(url(resident, "number/"), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "3510 0912" not in text
    assert not Access.objects.filter(revealed=True).exists()


def test_the_rt_head_sees_masks_and_may_not_open_them(client: Client) -> None:
    resident = wayan()
    made = signed_in(client, cast.staff("made", Role.RT_HEAD, RT_HERE))
    text = page(made, url(resident))
    assert "•" * 12 + "0003" in text
    assert "Show a number in full" not in text
    data = {"number": "nik", "reason": REASON}
    assert made.post(url(resident, "number/"), data).status_code == 403


def test_a_nik_that_disagrees_is_said_in_words(sari: Client) -> None:
    resident = person("Nyoman", WAYAN_NIK, born_on=date(1990, 1, 1), sex="P")
    text = page(sari, url(resident))
    assert "The birth date in the NIK differs" in text
    assert "of the other sex" in text


def test_a_family_lists_its_members(sari: Client) -> None:
    household = family()
    person("Wayan", household=household, relation=1)
    person("Kadek", household=household, relation=4, born_on=date(2015, 1, 1))
    text = page(sari, f"/staff/residents/families/{household.pk}/")
    assert "Family of Wayan" in text
    assert re.search(r"Kadek.*Child", text, re.DOTALL)
    assert "•" * 12 + WAYAN_KK[-4:] in text


def test_a_family_of_people_elsewhere_is_an_empty_list(sari: Client) -> None:
    household = family()
    text = page(sari, f"/staff/residents/families/{household.pk}/")
    assert "Nobody on this card lives in your area" in text


def test_the_family_page_says_what_it_gets_and_what_stands_in_the_way(
    sari: Client,
) -> None:
    resident = wayan()
    load_defaults()
    listed(resident, "pkh")
    for address in (
        url(resident),
        f"/staff/residents/families/{resident.family_id}/",
    ):
        text = page(sari, address)
        assert "What does this family get?" in text
        assert "On the list, not yet paid" in text
        assert "Red light" in text
    found = sari.post("/staff/residents/nik/", {"nik": WAYAN_NIK}).content.decode()
    assert "Red light" in found


def test_who_may_not_see_aid_is_shown_none(client: Client) -> None:
    resident = wayan()
    load_defaults()
    listed(resident, "pkh")
    ratna = signed_in(client, cast.dr_ratna())
    text = page(ratna, url(resident))
    assert "What does this family get?" not in text
    assert "Red light" not in text


@pytest.mark.parametrize("members", [2, 25])
def test_a_person_page_asks_at_most_12_times_whatever_the_family(
    sari: Client, members: int
) -> None:
    load_defaults()
    household = family()
    people = [person(f"Wayan {at}", household=household) for at in range(members)]
    for code in ("pkh", "bpnt"):
        listed(people[0], code)
    page(sari, url(people[0]))
    with CaptureQueriesContext(connection) as asked:
        page(sari, url(people[0]))
    assert len(asked) <= 12
    with CaptureQueriesContext(connection) as asked:
        page(sari, f"/staff/residents/families/{household.pk}/")
    assert len(asked) <= 12


def test_who_looked_is_listed_with_names_offices_and_reasons(sari: Client) -> None:
    resident = wayan()
    sari.post(url(resident, "number/"), {"number": "nik", "reason": REASON})
    text = page(sari, url(resident, "looks/"))
    assert "Sari Wulandari" in text
    assert "Village officer" in text
    assert "Saw the NIK in full" in text
    assert REASON in text
    assert "Looked who had looked" in text


def test_the_auditor_sees_who_looked_but_not_the_record(client: Client) -> None:
    resident = wayan()
    auditor = signed_in(client, cast.staff("agus", Role.AUDITOR, cast.REGENCY))
    assert "Wayan" in page(auditor, url(resident, "looks/"))
    assert auditor.get(url(resident)).status_code == 403


def pages_of_people(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> set[str]:
    found = set()
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= pages_of_people(pattern.url_patterns, route)
        elif route.startswith("staff/residents/") and "<int:pk>" in route:
            found.add(route)
    return found


def wish_about(resident: Person) -> int:
    """Return a correction that waits, with its photo on the disk."""
    wish = asked(resident, by="made")
    assert wish.evidence is not None
    Path(settings.UPLOADS).mkdir(parents=True, exist_ok=True)
    (Path(settings.UPLOADS) / wish.evidence.path).write_bytes(b"jpeg")
    return wish.pk


def test_every_address_of_a_person_writes_the_look(client: Client) -> None:
    officer = cast.sari()
    assign(
        staff=officer,
        role=Role.VILLAGE_HEAD,
        region_code=cast.HERE,
        since=cast.LONG_AGO,
        by="test",
    )
    sari = signed_in(client, officer)
    routes = pages_of_people(get_resolver().url_patterns)
    assert len(routes) >= 5
    for route in sorted(routes):
        resident = person("Ketut", sex="P", household=family(None))
        key = resident.family_id if "families" in route else resident.pk
        if "contested" in route:
            key = contested(resident).pk
        if "corrections/<int:pk>" in route:
            key = wish_about(resident)
        before = Access.objects.filter(person_id=resident.pk).count()
        kind = "birth" if "families" in route else "death"
        address = "/" + route.replace("<int:pk>", str(key))
        address = address.replace("<slug:kind>", kind).replace("<slug:field>", "name")
        answer = sari.get(address)
        if answer.status_code == 405:
            answer = sari.post(address)
        assert answer.status_code in {200, 302, 422}, route
        assert Access.objects.filter(person_id=resident.pk).count() > before, route


def test_the_family_itself_stands_among_those_who_looked(client: Client) -> None:
    row = wayan()
    looked(person_ids=[row.pk], by=FAMILY, role=FAMILY, purpose="aid.outcome")
    page = signed_in(client, cast.sari()).get(f"/staff/residents/{row.pk}/looks/")
    text = page.content.decode()
    assert "The family itself" in text
    assert "Read the decision about aid" in text
