"""What a phone says of time, place and people is doubted, and stands nowhere in clear."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Claim, FieldCheck
from smartkampung.audit.models import Event
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.showing import lines_of, title_of
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast
from tests.api.test_field_kinds import registration
from tests.fieldwork import Phone, phone_of, visit_answers
from tests.population import wayan

pytestmark = pytest.mark.django_db
NIK = "3510010101900001"


@pytest.fixture
def claim() -> Claim:
    cases.desk()
    return cases.claim_of(wayan())


@pytest.fixture
def phone(claim: Claim) -> Phone:
    return phone_of(Staff.objects.get(username="sari"))


def visit_of(phone: Phone, claim: Claim, **more: Any) -> dict[str, Any]:
    form = phone.form("aid.field_check", f"aid.claim:{claim.pk}", visit_answers())
    return {**form, **more}


def latest() -> Record:
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


# When it was, is the word of the phone.


def test_what_was_done_more_than_three_days_ago_is_for_a_colleague(
    phone: Phone, claim: Claim
) -> None:
    type(phone.device).objects.update(created_at=now() - timedelta(days=9))
    for days, state in ((4, "review"), (2, "done")):
        saved = (phone.time - timedelta(days=days)).isoformat()
        receipt = phone.send_one(visit_of(phone, claim, saved_at=saved))
        assert receipt["state"] == state
        assert state == "done" or receipt["code"] == "long_ago"


def test_a_clock_that_is_set_back_between_two_sendings_is_noticed(
    phone: Phone, claim: Claim
) -> None:
    phone.off = timedelta(hours=-2)
    first = phone.form("aid.field_check", "aid.claim:0", visit_answers())
    assert phone.send_one(first)["code"] == "not_yours"
    phone.off = timedelta(hours=26)
    receipt = phone.send_one(visit_of(phone, claim))
    assert (receipt["state"], receipt["code"]) == ("review", "clock_unsure")
    assert not FieldCheck.objects.exists()
    # From now on it is the same clock again.
    assert phone.send_one(visit_of(phone, claim))["state"] == "done"


def test_a_phone_that_tells_no_time_is_for_a_colleague(
    phone: Phone, claim: Claim
) -> None:
    told = {"records": [visit_of(phone, claim)]}
    [receipt] = phone.call("POST", "records", told).json()["receipts"]
    assert (receipt["state"], receipt["code"]) == ("review", "clock_unsure")


# What stands in clear.


@pytest.mark.parametrize(
    "change",
    [
        {"kind": NIK},
        {"target": f"aid.claim:{NIK}"},
        {"target": NIK},
        {"body": {NIK: 1}},
        {"body": {"notes": f"Ibu {NIK}"}},
        {"kind": "affected.register", "body": registration(region_code=NIK)},
        {
            "kind": "affected.register",
            "body": registration(region_code=f"{cast.HERE}.{NIK}"),
        },
        {"kind": f"draft/{NIK}"},
    ],
    ids=lambda change: str(change)[:40],
)
def test_no_number_of_anybody_stands_in_clear(
    phone: Phone, claim: Claim, change: dict[str, Any]
) -> None:
    receipt = phone.send_one({**visit_of(phone, claim), **change})
    assert receipt["state"] != "done"
    row = latest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM field_record r")
        assert NIK not in str(cursor.fetchall())
    assert NIK not in str(list(Event.objects.values_list("detail", flat=True)))
    assert NIK in json.dumps(json.loads(row.envelope.open()))


@pytest.mark.parametrize(
    "body",
    [
        {"notes": f"NIK ibu {NIK}"},
        {"notes": "NIK 3510 0101 0190 0001"},
        {"notes": "HP 0812-3456-7890"},
        {"recommends": NIK},
        {"programme": NIK},
        {"q_poor": {"a": [NIK]}},
        {NIK: "x"},
        {"baru": int(NIK)},
    ],
    ids=lambda body: str(body)[:40],
)
def test_a_reviewer_reads_no_number_of_anybody(
    phone: Phone, claim: Claim, body: dict[str, Any]
) -> None:
    phone.send_one(visit_of(phone, claim, body=body))
    kades = cases.rights(cast.staff("kades9", Role.VILLAGE_HEAD, cast.HERE))
    lines = lines_of(latest(), kades, at=now())
    shown = str([(line.label, line.value, line.wrong) for line in lines])
    for number in (NIK, "3510 0101 0190", "0812-3456"):
        assert number not in shown
    assert "0001" in shown or "7890" in shown


def test_what_is_ordinary_is_read_as_it_is(phone: Phone, claim: Claim) -> None:
    words = "Tgl 12-03-2026, 3 orang, Rp600.000, rumah no. 17 RT 002."
    phone.send_one(visit_of(phone, claim, body={"notes": words}))
    kades = cases.rights(cast.staff("kades9", Role.VILLAGE_HEAD, cast.HERE))
    assert words in str(lines_of(latest(), kades, at=now()))


def test_a_strange_question_says_so_where_it_stands(phone: Phone, claim: Claim) -> None:
    receipt = phone.send_one(visit_of(phone, claim, body={"apa": "x"}))
    assert "unknown" in receipt["errors"]
    kades = cases.rights(cast.staff("kades9", Role.VILLAGE_HEAD, cast.HERE))
    lines = {line.name: line for line in lines_of(latest(), kades, at=now())}
    assert lines["apa"].wrong
    assert "unknown" not in lines


# Half a form, and boxes in boxes.


def test_a_half_form_of_an_ended_phone_is_shown_and_never_booked(
    phone: Phone, claim: Claim
) -> None:
    form = visit_of(phone, claim)
    revoke_device(device=phone.device, by="x", at=now())
    half = phone.send_one({**form, "kind": f"draft/{form['kind']}"})
    assert (half["state"], half["code"]) == ("held", "half")
    row = latest()
    assert "Kunjungi keluarga" in title_of(row)
    assert title_of(row) != "Kunjungi keluarga"
    assert (row.health, row.region_code) == (False, claim.region_code)


def test_boxes_in_boxes_keep_no_other_form_on_the_phone(
    phone: Phone, claim: Claim
) -> None:
    deep: Any = "x"
    for _box in range(700):
        deep = [deep]
    poison = visit_of(phone, claim, body={"notes": deep})
    good = visit_of(phone, claim)
    told = {"device_time": phone.time.isoformat(), "records": [poison, good]}
    answer = phone.call("POST", "records", told)
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert good["id"] in [one["id"] for one in answer.json()["receipts"]]


def test_what_the_sender_reaches_lies_where_it_is(phone: Phone, claim: Claim) -> None:
    form = visit_of(phone, claim)
    phone.send_one(form)
    phone.send_one({**form, "body": visit_answers(recommends=False)})
    row = latest()
    assert (row.code, row.region_code) == ("contradicts", claim.region_code)
    assert claim.region_code != cast.HERE
