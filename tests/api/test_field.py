"""Forms that were filled in without a network arrive once, and none is lost."""

import re
import uuid
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Assignment, Device, Staff
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.aid.models import Claim, FieldCheck
from smartkampung.audit.models import Access
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.rules.arriving import MOST_OFF_S
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population
from tests.fieldwork import Phone, phone_of, visit_answers
from tests.population import WAYAN_NIK, WAYAN_PHONE, wayan

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    cases.desk()
    return cases.claim_of(wayan())


@pytest.fixture
def phone(claim: Claim) -> Phone:
    return phone_of(Staff.objects.get(username="sari"))


def visit_of(phone: Phone, claim: Claim, **more: Any) -> dict[str, Any]:
    return phone.form(
        "aid.field_check", f"aid.claim:{claim.pk}", visit_answers(), **more
    )


def rows() -> list[Record]:
    act_as(Kind.JOB)
    return list(Record.objects.order_by("pk"))


def test_a_visit_that_was_kept_on_the_phone_is_a_visit(
    phone: Phone, claim: Claim
) -> None:
    form = visit_of(phone, claim)
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["repeated"]) == ("done", False)
    assert receipt["message"]["id"] == "Sudah sampai dan tercatat."
    act_as(Kind.JOB)
    check = FieldCheck.objects.get()
    assert (str(check.pk), check.checker.username) == (form["id"], "sari")
    assert Claim.objects.get().state == Claim.State.TO_DECIDE


def test_the_same_form_sent_again_gets_the_same_receipt(
    phone: Phone, claim: Claim
) -> None:
    form = visit_of(phone, claim)
    first, second = phone.send_one(form), phone.send_one(form)
    assert second == {**first, "repeated": True}
    assert phone.call("GET", f"receipts?ids={form['id']}").json()["receipts"] == [
        second
    ]
    assert len(rows()) == 1


def test_other_answers_under_the_same_id_are_held_and_the_first_stands(
    phone: Phone, claim: Claim
) -> None:
    form = visit_of(phone, claim)
    phone.send_one(form)
    other = phone.send_one({**form, "body": visit_answers(recommends=False)})
    assert (other["state"], other["code"]) == ("held", "contradicts")
    first, second = rows()
    assert second.first_id == first.pk
    assert FieldCheck.objects.get().recommends
    [item] = WorkItem.objects.filter(kind="field.review", closed_at=None)
    assert item.permission == Permission.FIELD_REVIEW


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "aid.unknown"}, "unknown_kind", ""),
        ({"body": "??"}, "unreadable", "body"),
        ({"body": {}}, "invalid", "recommends"),
        ({"photos": ["x"]}, "unreadable", "photos"),
        ({"saved_at": "kemarin"}, "unreadable", "saved_at"),
        ({"position": {"lat": 200, "lon": 0}}, "unreadable", "position"),
    ],
)
def test_what_cannot_be_read_is_kept_for_a_human(
    phone: Phone, claim: Claim, change: dict[str, Any], code: str, field: str
) -> None:
    receipt = phone.send_one({**visit_of(phone, claim), **change})
    assert (receipt["state"], receipt["code"]) == ("held", code)
    assert not field or receipt["errors"][field]["id"]
    assert len(rows()) == 1


def test_even_what_is_no_form_at_all_is_kept_once(phone: Phone) -> None:
    for _time in range(2):
        [receipt] = phone.send(["?"])
        assert receipt["state"] == "held"
    assert len(rows()) == 1


def test_what_breaks_the_program_keeps_no_other_form_on_the_phone(
    phone: Phone, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(
        "smartkampung.frontline.field.kinds.isolation_visit.visit", broken
    )
    monkeypatch.setattr(
        "smartkampung.frontline.field.kinds.field_check.claim_for", broken
    )
    receipts = phone.send(visit_of(phone, claim), ["?"])
    assert [receipt["code"] for receipt in receipts] == ["broken", "unreadable"]


def test_what_somebody_else_works_on_just_now_is_sent_again(
    phone: Phone, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_given: Any) -> None:
        raise Busy("Sibuk.")

    form = visit_of(phone, claim)
    path = "smartkampung.frontline.field.kinds.field_check.record_check"
    with monkeypatch.context() as patch:
        patch.setattr(path, busy)
        assert phone.send(form) == []
    assert not rows()
    assert phone.send_one(form)["state"] == "done"


def test_a_form_that_came_from_somebody_else_takes_no_place(
    phone: Phone, claim: Claim
) -> None:
    form = visit_of(phone, claim)
    phone.send_one(form)
    other = phone_of(Staff.objects.get(username="made"))
    receipt = other.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("held", "contradicts")
    assert other.send_one(form)["repeated"]
    known = other.call("GET", f"receipts?ids={form['id']},x").json()["receipts"]
    assert [one["state"] for one in known] == ["held"]


def test_a_claim_that_was_visited_meanwhile_goes_to_review(
    phone: Phone, claim: Claim
) -> None:
    desk_sari = cases.rights(Staff.objects.get(username="sari"))
    form = visit_of(phone, claim)
    cases.visit(claim, desk_sari)
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", "cannot_check")


def test_who_lost_the_office_meanwhile_loses_no_work(
    phone: Phone, claim: Claim
) -> None:
    Assignment.objects.filter(staff=phone.staff).update(
        revoked_at=now(), revoked_by="x", revoke_reason="x"
    )
    receipt = phone.send_one(visit_of(phone, claim))
    assert (receipt["state"], receipt["code"]) == ("review", "not_yours")
    assert rows()[0].region_code == cast.HERE
    assert phone.call("GET", "caseload").status_code == 403


def test_a_claim_elsewhere_and_one_that_is_none_look_the_same(claim: Claim) -> None:
    phone = phone_of(cast.budi())
    elsewhere = phone.send_one(visit_of(phone, claim))
    form = phone.form("aid.field_check", "aid.claim:999999", visit_answers())
    none = phone.send_one(form)
    same = ("state", "code", "message", "errors")
    assert [elsewhere[name] for name in same] == [none[name] for name in same]


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_clock_that_is_off_is_set_right_and_noted(
    phone: Phone, claim: Claim, hours: int
) -> None:
    phone.off = timedelta(hours=hours)
    assert phone.send_one(visit_of(phone, claim))["state"] == "done"
    [row] = rows()
    assert row.clock_off_s == hours * 3600
    ago = row.received_at - row.happened_at
    assert timedelta(seconds=50) < ago < timedelta(seconds=70)


@pytest.mark.parametrize("years", [-25, 70, 150])
def test_a_clock_that_is_far_off_keeps_no_form_on_the_phone(
    phone: Phone, claim: Claim, years: int
) -> None:
    phone.off = timedelta(days=years * 365)
    assert phone.send_one(visit_of(phone, claim))["state"] == "done"
    [row] = rows()
    assert row.clock_off_s is not None
    assert (row.clock_off_s == MOST_OFF_S) == (years > 68)


def test_what_was_filled_in_before_the_phone_was_enrolled_is_looked_at(
    phone: Phone, claim: Claim
) -> None:
    long_ago = (now() - timedelta(days=3)).isoformat()
    receipt = phone.send_one(visit_of(phone, claim, saved_at=long_ago))
    assert (receipt["state"], receipt["code"]) == ("review", "before_device")


def test_a_phone_that_was_ended_loses_nothing_and_loads_nothing(
    phone: Phone, claim: Claim
) -> None:
    revoke_device(device=phone.device, by="test", at=now())
    told = {"device_time": phone.time.isoformat(), "records": [visit_of(phone, claim)]}
    answer = phone.call("POST", "records", told).json()
    assert answer["erase"] is True
    assert answer["receipts"][0]["code"] == "device_revoked"
    assert answer["receipts"][0]["state"] == "held"
    refused = phone.call("GET", "caseload")
    assert (refused.status_code, refused.json()["code"]) == (401, "device_revoked")
    assert refused.json()["erase"] is True
    assert phone.put(uuid.uuid4()).status_code == 201


def test_a_phone_lives_fourteen_days_after_it_was_last_heard_of(phone: Phone) -> None:
    later = now() - timedelta(days=3)
    Device.objects.update(seen_at=later, expires_at=later + timedelta(days=14))
    assert phone.call("GET", "caseload").status_code == 200
    device = Device.objects.get()
    assert device.expires_at > now() + timedelta(days=13)
    Device.objects.update(expires_at=now() - timedelta(seconds=1))
    refused = phone.call("GET", "caseload")
    assert (refused.status_code, refused.json()["code"]) == (401, "device_expired")


def test_who_is_no_phone_is_told_nothing(phone: Phone) -> None:
    phone.token = "skf_made-up"
    for method, path in [
        ("GET", "caseload"),
        ("POST", "records"),
        ("DELETE", "device"),
    ]:
        answer = phone.call(method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "device_unknown")


def test_signing_off_on_the_phone_ends_it(phone: Phone) -> None:
    assert phone.call("DELETE", "device").status_code == 204
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"


def test_the_caseload_holds_what_waits_and_no_nik_of_anybody(
    phone: Phone, claim: Claim
) -> None:
    answer = phone.call("GET", "caseload")
    told = answer.json()
    [item] = told["items"]
    assert (item["kind"], item["target"]) == (
        "aid.field_check",
        f"aid.claim:{claim.pk}",
    )
    assert item["who"] == "I Wayan S."
    body = answer.content.decode()
    assert WAYAN_NIK not in body
    assert claim.person is not None
    assert claim.person.name not in body
    shown = Access.objects.filter(purpose="field.caseload", revealed=False)
    assert shown.count() == 1
    kept = phone.call("GET", "caseload", **{"If-None-Match": answer["ETag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    assert shown.count() == 1


def test_the_phone_says_where_and_rings_only_for_who_may_open_numbers(
    phone: Phone, claim: Claim
) -> None:
    [item] = phone.call("GET", "caseload").json()["items"]
    assert (item["address"], item["phone"]) == ("Jalan Kenanga 3", WAYAN_PHONE)
    phone.call("GET", "caseload")
    opened = Access.objects.filter(purpose="field.caseload", revealed=True)
    assert [(row.by, row.person_id) for row in opened] == [("sari", claim.person_id)]
    made = phone_of(Staff.objects.get(username="made"))
    answer = made.call("GET", "caseload")
    [item] = answer.json()["items"]
    assert (item["address"], item["phone"]) == ("Jalan Kenanga 3", "")
    assert WAYAN_PHONE not in answer.content.decode()
    assert opened.count() == 1


def test_the_list_of_the_phone_is_a_walk_and_counts_what_waits_elsewhere(
    phone: Phone,
) -> None:
    rts = (f"{cast.HERE}.001.001", cast.RT_HERE, f"{cast.HERE}.001.001")
    for number, place in enumerate(rts):
        who = population.person(f"Ketut {number}", region=place)
        case = cases.claim_of(who, nik=f"351009{number}1048500{number}")
        due = now() + timedelta(hours=number - 1)
        WorkItem.objects.filter(target=f"aid.claim:{case.pk}").update(due_at=due)
    WorkItem.objects.create(
        kind="residents.nik_claim",
        target="residents.nikclaim:1",
        permission=Permission.NIK_CLAIM_DECIDE,
        region_code=cast.RT_HERE,
        opened_at=now(),
        due_at=now(),
    )
    told = phone.call("GET", "caseload").json()
    walked = [place for place, _ in groupby(told["items"], lambda one: one["region"])]
    assert sorted(walked) == [rts[0], cast.RT_HERE]
    assert len(told["items"]) == 4
    assert told["others"] == 1


def test_the_bounds_of_answers_are_told_with_the_kinds(phone: Phone) -> None:
    kinds = phone.call("GET", "caseload").json()["kinds"]
    asked = {one["name"]: one for one in kinds["affected.register"]["fields"]}
    assert (asked["born_on"]["max"], asked["happened_on"]["max"]) == ("today", "today")
    assert asked["born_on"]["min"] < "1900"
    assert asked["happened_on"]["since"] == "born_on"
    assert asked["income_after"]["upto"] == "income_before"
    assert re.fullmatch(asked["phone"]["pattern"], "085711112222")
    assert not re.fullmatch(asked["nik"]["pattern"], "12")


def test_the_caseload_tells_every_question_in_both_languages(phone: Phone) -> None:
    kinds = phone.call("GET", "caseload").json()["kinds"]
    assert set(kinds) == {
        "aid.field_check",
        "aid.hand_over",
        "isolation.visit",
        "affected.register",
    }
    for kind in kinds.values():
        for question in kind["fields"]:
            assert all(question["label"][language] for language in ("id", "en"))
    assert kinds["affected.register"]["new"]


def test_a_neighbour_holds_nothing_of_here(claim: Claim) -> None:
    assert phone_of(cast.budi()).call("GET", "caseload").json()["items"] == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        ({"no": "records"}, 400),
        ({"records": "x"}, 422),
        ({"records": [None] * 51}, 422),
        (b" " * (1024 * 1024 + 1), 413),
    ],
)
def test_what_is_no_sending_stays_on_the_phone(
    phone: Phone, content: Any, status: int
) -> None:
    assert phone.call("POST", "records", content).status_code == status
    assert not rows()


def test_every_office_that_looks_at_records_sees_what_they_are_about() -> None:
    wanted = {Permission.REPORT_VIEW, Permission.STAY_VIEW, Permission.AFFECTED_VIEW}
    for role in Role:
        if Permission.FIELD_REVIEW in PERMISSIONS[role]:
            assert wanted <= PERMISSIONS[role], role
