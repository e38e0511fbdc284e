"""The JSON twin: a report, its receipt, its timeline, and errors one can act on."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern

from smartkampung.aid.models import Report, ReportingPhase
from smartkampung.api import urls
from smartkampung.intake.rules import Limit
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import FAR_AWAY, HERE, KECAMATAN, RT_HERE, places
from tests.reporting import NOON, STRANGER_NIK, WAYAN_KK, WAYAN_NIK, open_phase, wayan

pytestmark = pytest.mark.django_db
URL = "/api/v1/aid/reports"
PROBLEM = "application/problem+json"
GOOD: dict[str, Any] = {
    "for_self": False,
    "nik": WAYAN_NIK,
    "kk": WAYAN_KK,
    "born_on": "1990-08-17",
    "phone": "0857 1111 2222",
    "region_code": RT_HERE,
    "reason": "never_received",
    "story": "",
}


@pytest.fixture(autouse=True)
def _ground() -> Iterator[None]:
    places()
    open_phase(quota=3)
    with time_machine.travel(NOON, tick=False):
        yield


def send(client: Client, *, key: str = "", lang: str = "en", **changes: Any) -> Any:
    return client.post(
        URL,
        {**GOOD, **changes},
        content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid.uuid4()), "Accept-Language": lang},
    )


def count() -> int:
    act_as(Kind.JOB)
    return Report.objects.count()


def test_a_report_gets_a_receipt_that_leads_to_its_timeline(client: Client) -> None:
    answer = send(client)
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt["url"].endswith(f"/t/{receipt['code']}/")
    assert receipt["due_on"] == "2026-12-01"
    timeline = client.get(f"{URL}/{receipt['code']}").json()
    assert [step["state"] for step in timeline["steps"]] == [
        "done",
        "now",
        "next",
        "next",
    ]
    assert timeline["decided"] is False
    act_as(Kind.JOB)
    assert Report.objects.get().channel == "api"


def test_the_same_key_and_body_get_the_same_receipt(client: Client) -> None:
    key = str(uuid.uuid4())
    assert send(client, key=key).json() == send(client, key=key).json()
    assert count() == 1


def test_the_same_key_with_another_body_is_a_conflict(client: Client) -> None:
    key = str(uuid.uuid4())
    send(client, key=key)
    answer = send(client, key=key, story="Lain.")
    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency_key_reused"
    assert count() == 1


def test_known_and_unknown_get_the_same_kind_of_answer(client: Client) -> None:
    wayan()
    hit, miss = send(client), send(client, nik=STRANGER_NIK)
    assert hit.status_code == miss.status_code
    assert hit.json().keys() == miss.json().keys()
    assert hit.headers.keys() == miss.headers.keys()


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"nik": "351009170890000"}, "nik", "A NIK has 16 digits. You typed 15."),
    ({"nik": "3510098508900001"}, "nik", "Digits 7 and 8"),
    ({"nik": "351009170890000O"}, "nik", "digits only"),
    ({"nik": "😀"}, "nik", "digits only"),
    ({"nik": ""}, "nik", "Type the NIK"),
    ({"nik": None}, "nik", "the documentation asks for"),
    ({"nik": 3510091708900001}, "nik", "the documentation asks for"),
    ({"kk": "1"}, "kk", "16 digits"),
    ({"born_on": "2030-01-01"}, "born_on", "still to come"),
    ({"born_on": "1790-01-01"}, "born_on", "Nobody living"),
    ({"born_on": "17-08-1990"}, "born_on", "1990-08-17"),
    ({"born_on": "1990-02-31"}, "born_on", "1990-08-17"),
    ({"phone": "123"}, "phone", "telephone number"),
    ({"region_code": "99.99"}, "region_code", "no RT"),
    ({"region_code": KECAMATAN}, "region_code", "no RT"),
    ({"region_code": "35\x00"}, "region_code", "no RT"),
    ({"reason": "hunger"}, "reason", "Choose one of"),
    ({"story": "a" * 1001}, "story", "at most 1000"),
    ({"story": "\x00"}, "story", "cannot be kept"),
    ({"story": f"NIK: {WAYAN_NIK}"}, "story", "Do not write a NIK"),
    ({"for_self": "perhaps"}, "for_self", "true or false"),
    ({"nick": "x"}, "nick", "not known here"),
]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    BAD,
    ids=[f"{f}-{i}" for i, (_c, f, _w) in enumerate(BAD)],
)
def test_a_bad_field_is_named(
    client: Client, changes: dict[str, Any], field: str, words: str
) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert answer["Content-Type"] == PROBLEM
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (422, "invalid")
    (error,) = problem["errors"]
    assert error["field"] == field
    assert words in error["message"]
    assert count() == 0


def test_every_bad_field_is_named_at_once(client: Client) -> None:
    errors = send(client, nik="1", kk="2", phone="3", region_code="4").json()["errors"]
    assert {error["field"] for error in errors} == {"nik", "kk", "phone", "region_code"}


def test_errors_are_said_in_indonesian(client: Client) -> None:
    problem = send(client, lang="id", nik="351009170890000").json()
    assert problem["title"] == "Ada isian yang perlu diperbaiki."
    assert problem["errors"][0]["message"].startswith("NIK harus 16 angka.")


@pytest.mark.parametrize("key", [None, "short", "x" * 201])
def test_a_report_needs_a_key_of_its_own(client: Client, key: str | None) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post(URL, GOOD, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"text"', "\xff"])
def test_what_is_no_report_is_a_problem(client: Client, body: str) -> None:
    answer = client.generic(
        "POST",
        URL,
        body,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == PROBLEM


def test_a_body_larger_than_any_report_is_refused(client: Client) -> None:
    answer = send(client, story="a" * 13_000_000)
    assert answer.status_code in {413, 422}
    assert answer["Content-Type"] == PROBLEM


def test_over_the_quota_one_comes_back_tomorrow(client: Client) -> None:
    for _time in range(3):
        assert send(client).status_code == 201
    answer = send(client)
    assert answer.status_code == 429
    assert answer.json()["code"] == "quota_used_up"
    assert answer["Retry-After"] == str(12 * 3600)
    assert send(client, region_code=FAR_AWAY).status_code == 201


def test_a_closed_door_says_when_it_opens(client: Client) -> None:
    ReportingPhase.objects.update(
        opens_at=NOON + timedelta(hours=1), closes_at=NOON + timedelta(days=1)
    )
    answer = send(client)
    assert (answer.status_code, answer.json()["code"]) == (409, "reporting_closed")
    assert answer["Retry-After"] == "3600"


def test_without_a_next_phase_there_is_no_date(client: Client) -> None:
    ReportingPhase.objects.all().delete()
    assert "Retry-After" not in send(client).headers


def test_one_address_cannot_send_without_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
    (view,) = [one.callback for one in patterns if one.name == "send_aid_report"]
    limit = Limit("test", 1, timedelta(minutes=1))
    monkeypatch.setattr(view, "declared_limits", (limit, None))
    assert send(client).status_code == 201
    answer = send(client)
    assert (answer.status_code, answer["Content-Type"]) == (429, PROBLEM)
    assert answer["Retry-After"] == "60"


@pytest.mark.parametrize("code", ["0000-0000-0000", "nonsense", "%00", "😀"])
def test_a_code_that_opens_nothing_is_not_found(client: Client, code: str) -> None:
    answer = client.get(f"{URL}/{code}")
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_a_code_is_read_kindly(client: Client) -> None:
    code = send(client).json()["code"]
    assert client.get(f"{URL}/{code.lower().replace('-', '')}").status_code == 200


def test_the_village_may_stand_for_an_unknown_rt(client: Client) -> None:
    assert send(client, region_code=HERE).status_code == 201


def test_any_other_address_and_method_is_a_problem(client: Client) -> None:
    nowhere = client.get("/api/v1/no/such/thing")
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, PROBLEM)
    wrong = client.delete(URL)
    assert (wrong.status_code, wrong["Content-Type"]) == (405, PROBLEM)
    assert wrong["Allow"] == "POST"


def test_the_documentation_names_every_operation(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/v1/aid/reports",
        "/api/v1/aid/reports/{code}",
        "/api/v1/worklist",
        "/api/v1/aid/claims/{claim_id}",
        "/api/v1/isolation/houses",
        "/api/v1/isolation/reservations",
        "/api/v1/isolation/reservations/{code}",
        "/api/v1/isolation/reservations/{code}/arrival",
        "/api/v1/isolation/reservations/{code}/cancel",
        "/api/v1/isolation/reservations/{code}/take",
        "/api/v1/messages/in",
        "/api/v1/messages/receipts",
    }


def test_no_answer_is_kept_on_the_way(client: Client) -> None:
    answers = [
        send(client),
        client.get(f"{URL}/AAAA-AAAA-AAAA"),
        client.get("/api/v1/worklist"),
        client.delete(URL),
    ]
    assert [answer.status_code for answer in answers] == [201, 404, 401, 405]
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
