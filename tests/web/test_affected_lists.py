"""Eko of the economic office brings the list of an association."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Affected, AffectedList
from tests.cast import REGENCY, english, sari, sign_in, staff
from tests.domain.affected.test_lists import HEAD, WAYAN
from tests.reporting import STRANGER_NIK, wayan
from tests.web.registrationform import body

pytestmark = pytest.mark.django_db
LISTS = "/staff/affected/lists/"


@pytest.fixture
def eko(client: Client) -> Client:
    wayan()
    return english(sign_in(client, staff("eko", Role.ECONOMIC_OFFICE, REGENCY)))


def filled(*rows: str) -> dict[str, Any]:
    content = "\n".join([HEAD, *rows]).encode()
    return {
        "kind": "association",
        "organisation": "Asosiasi Perahu",
        "sector": "boat",
        "what": "sales_down",
        "happened_on_day": "1",
        "happened_on_month": "9",
        "happened_on_year": "2026",
        "file": SimpleUploadedFile("anggota.csv", content),
    }


def test_a_list_is_previewed_then_taken_over(eko: Client) -> None:
    where = eko.post(LISTS, filled(WAYAN, f"{STRANGER_NIK};Nobody;;;;;"))["Location"]
    assert "Every row is being checked" in body(eko.get(where))
    run_waiting()
    page = body(eko.get(where))
    assert "Take 1 row over" in page
    assert "Nobody in your area has this NIK" in page
    assert STRANGER_NIK not in page
    book = eko.get(f"{where}rejected.xlsx")
    assert book.content[:2] == b"PK"
    eko.post(f"{where}decide/", {"do": "take"})
    run_waiting()
    assert "Taken over: 1 rows. New records: 1" in body(eko.get(where))
    act_as(Kind.JOB)
    assert Affected.objects.get().state == "to_verify"
    assert "Asosiasi Perahu" in body(eko.get(LISTS))


def test_a_list_is_thrown_away_once(eko: Client) -> None:
    where = eko.post(LISTS, filled(WAYAN))["Location"]
    run_waiting()
    assert eko.post(f"{where}decide/", {"do": "drop"})["Location"] == where
    assert eko.post(f"{where}decide/", {"do": "drop"}).status_code == 409
    assert eko.get(f"{where}rejected.xlsx").status_code == 404


def test_what_is_missing_is_named(eko: Client) -> None:
    page = eko.post(LISTS, {**filled(), "organisation": "", "file": ""})
    assert page.status_code == 422
    assert "Type the name." in body(page)
    assert "Choose the file." in body(page)
    assert not AffectedList.objects.exists()


def test_a_file_of_another_kind_says_so(eko: Client) -> None:
    where = eko.post(LISTS, {**filled(), "file": SimpleUploadedFile("a.csv", b"x;y")})
    run_waiting()
    assert "This file cannot be read" in body(eko.get(where["Location"]))


def test_the_village_brings_no_lists(client: Client) -> None:
    sign_in(client, sari())
    assert client.get(LISTS).status_code == 403
