"""Telling of a cut without a name, and reading the answer with the code."""

import uuid
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Complaint
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population

pytestmark = pytest.mark.django_db
STAFF = "/staff/complaints/"


def told(**changes: Any) -> dict[str, Any]:
    """Fill in the form."""
    return {
        "form_id": str(uuid.uuid4()),
        "village": cast.HERE,
        "programme": cases.FOOD,
        "kind": "share_taken",
        "text": "Rp50.000 was taken at the balai.",
        **changes,
    }


@pytest.fixture
def offices() -> None:
    """Open the desk, and Dinsos."""
    cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


@pytest.mark.usefixtures("offices")
def test_a_complaint_is_sent_answered_and_read() -> None:
    somebody = cast.english(Client())
    assert "Sumberwangi" in somebody.get("/complaint/").content.decode()
    sent = somebody.post("/complaint/send/", told())
    url = sent.headers["Location"]
    assert "Dinsos answers here by" in somebody.get(url).content.decode()
    act_as(Kind.JOB)
    pk = Complaint.objects.get().pk

    dian = enter("dian")
    assert "Answer a complaint about a cut" in dian.get("/staff/").content.decode()
    assert f"#{pk}" in dian.get(STAFF).content.decode()
    assert "taken at the balai" in dian.get(f"{STAFF}{pk}/").content.decode()
    assert dian.post(f"{STAFF}{pk}/answer/", {"answer": ""}).status_code == 422
    given = {"answer": "The RT gave it back."}
    assert dian.post(f"{STAFF}{pk}/answer/", given).status_code == 302
    assert dian.post(f"{STAFF}{pk}/answer/", given).status_code == 409

    code = url.split("/")[2]
    found = somebody.post("/complaint/follow/", {"code": code.lower()})
    assert found.headers["Location"] == url
    read = somebody.get(url).content.decode()
    assert "The RT gave it back." in read
    assert "taken at the balai" not in read


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize("username", ["sari", "made", "endang"])
def test_village_and_kecamatan_have_no_such_page(username: str) -> None:
    assert enter(username).get(STAFF).status_code == 403


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    "wrong",
    [
        {"village": ""},
        {"kind": ""},
        {"text": ""},
        {"text": f"My NIK is {population.WAYAN_NIK}."},
        {"text": "Call me: 081234567890."},
    ],
    ids=["no village", "no kind", "no text", "a NIK", "a phone number"],
)
def test_what_is_missing_or_would_tell_who_tells_is_said(wrong: dict[str, str]) -> None:
    answer = cast.english(Client()).post("/complaint/send/", told(**wrong))
    assert answer.status_code == 422
    act_as(Kind.JOB)
    assert not Complaint.objects.exists()


@pytest.mark.usefixtures("offices")
def test_one_address_cannot_send_without_end() -> None:
    somebody = Client()
    answers = [somebody.post("/complaint/send/", {}).status_code for _ in range(21)]
    assert answers[0] == 422
    assert answers[-1] == 429


@pytest.mark.usefixtures("offices")
def test_a_code_of_nothing_is_said_kindly() -> None:
    somebody = cast.english(Client())
    unknown = somebody.post("/complaint/follow/", {"code": "AAAA-BBBB-CCCC"})
    assert "We know no complaint with this code" in unknown.content.decode()
    assert somebody.get("/complaint/AAAA-BBBB-CCCC/").status_code == 404
