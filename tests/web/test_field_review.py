"""Colleagues look at what came from phones: side by side, masked, by place and health."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.actions.assignments import assign, revoke_office
from smartkampung.accounts.actions.devices import (
    TooManyDevices,
    end_phones_without_office,
)
from smartkampung.accounts.actions.factors import (
    ask_factor_reset,
    decide_factor_reset,
)
from smartkampung.accounts.models import Assignment, Device, Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.models import Access, Event
from smartkampung.frontline.field.actions.reviewing import CannotDecide, let_count
from smartkampung.frontline.field.models import Record
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Registration
from tests import arriving, cases, cast, watching
from tests.api.test_field_kinds import registration
from tests.cast import english, sign_in
from tests.fieldwork import (
    LATELY,
    TO_COME,
    Phone,
    a_record,
    day_in,
    phone_of,
    visit_answers,
)
from tests.pictures import jpeg
from tests.population import WAYAN_NIK, wayan
from tests.watching import on_day

pytestmark = pytest.mark.django_db
LIST = "/field/review/"
HEALTH = "/field/review/health/"


def signed_in(username: str) -> Client:
    return english(sign_in(Client(), Staff.objects.get(username=username)))


def latest() -> Record:
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


def looks_at(person: Any) -> list[str]:
    rows = Access.objects.filter(purpose="field.review", person_id=person.pk)
    return list(rows.values_list("by", flat=True))


def two_answers() -> Record:
    """Let two sets of answers come under one id."""
    cases.desk()
    claim = cases.claim_of(wayan())
    phone = phone_of(Staff.objects.get(username="sari"))
    form = phone.form("aid.field_check", f"aid.claim:{claim.pk}", visit_answers())
    phone.send_one(form)
    phone.send_one({**form, "body": visit_answers(recommends=False)})
    return latest()


def test_two_sets_of_answers_stand_side_by_side() -> None:
    row = two_answers()
    endang = signed_in("endang")
    assert f"{LIST}{row.pk}/" in endang.get(LIST).content.decode()
    page = endang.get(f"{LIST}{row.pk}/").content.decode()
    assert "Answer of the first form" in page
    assert "differs" in page
    assert "I Wayan S." in page
    assert Access.objects.filter(purpose="field.review").exists()
    home = endang.get("/staff/").content.decode()
    assert f"{LIST}{row.pk}/" in home


def test_why_it_waits_is_read_in_the_language_of_who_reads(client: Client) -> None:
    row = two_answers()
    english_only = "This claim does not wait for a field check now."
    told = {"id": english_only, "en": english_only}
    Record.objects.filter(pk=row.pk).update(code="cannot_check", words=told)
    budi = sign_in(client, Staff.objects.get(username="endang"))
    page = budi.get(f"{LIST}{row.pk}/").content.decode()
    assert "Pengajuan ini sedang tidak menunggu kunjungan." in page
    assert english_only not in page


def test_what_cannot_count_names_the_question() -> None:
    phone = phone_of(cast.sari())
    cast.camat()
    body = registration(happened_on=day_in(TO_COME))
    phone.send_one(phone.form("affected.register", None, body))
    endang = signed_in("endang")
    page = endang.post(f"{LIST}{latest().pk}/", {"answer": "count"})
    assert page.status_code == 409
    assert "Since which day?: This lies outside" in page.content.decode()


def test_one_wrong_answer_is_put_right_with_a_reason() -> None:
    phone = phone_of(cast.sari())
    cast.camat()
    body = registration(skills="Memasak. " * 40)
    form = phone.form("affected.register", None, body)
    phone.send_one(form)
    page, endang = f"{LIST}{latest().pk}/", signed_in("endang")
    assert "Right answer: What can you do well?" in endang.get(page).content.decode()
    right = {"answer": "correct", "right_skills": "Memasak."}
    assert "how you know" in endang.post(page, right).content.decode()
    none = {"answer": "correct", "note": "Ditelepon."}
    assert "Type the right answer." in endang.post(page, none).content.decode()
    assert endang.post(page, {**right, "note": "Ditelepon."}).status_code == 302
    act_as(Kind.JOB)
    assert Registration.objects.get().skills == "Memasak."
    row = latest()
    assert row.state == "done"
    assert json.loads(row.envelope.open())["body"]["skills"] == body["skills"]
    decided = Event.objects.get(name="field.record_decided")
    assert decided.detail["corrected"] == ["skills"]
    assert "Corrected: What can you do well?" in endang.get(page).content.decode()
    [told] = phone.call("GET", f"receipts?ids={row.form_id}").json()["receipts"]
    assert "Ditelepon." in told["message"]["id"]


def test_nobody_writes_what_they_may_decide_about_later() -> None:
    phone = phone_of(cast.sari())
    head = cases.rights(cast.staff("tono", Role.VILLAGE_HEAD, cast.HERE))
    body = registration(nik=WAYAN_NIK[:-1], happened_on=day_in(TO_COME))
    phone.send_one(phone.form("affected.register", None, body))
    row, page = latest(), f"{LIST}{latest().pk}/"
    assert set(row.errors) == {"nik", "happened_on"}
    assert "Right answer" not in signed_in("tono").get(page).content.decode()
    act_as(Kind.STAFF, scope=head.regions_where(Permission.FIELD_REVIEW))
    day = {"happened_on": day_in(LATELY)}
    for right in ({"nik": WAYAN_NIK, **day}, day):
        with pytest.raises(CannotDecide, match=r"rests on|bergantung"):
            let_count(row=row, note="Ditelepon.", instead=right, by=head, at=now())
    assert not Registration.objects.exists()


def test_an_answer_that_could_be_taken_is_not_changed() -> None:
    phone = phone_of(cast.sari())
    cast.camat()
    body = registration(happened_on=day_in(TO_COME))
    phone.send_one(phone.form("affected.register", None, body))
    row, endang = latest(), cases.rights(Staff.objects.get(username="endang"))
    act_as(Kind.STAFF, scope=endang.regions_where(Permission.FIELD_REVIEW))
    given: dict[str, Any] = {"row": row, "by": endang, "at": now()}
    with pytest.raises(CannotDecide):
        let_count(**given, note="Begitu saja.", instead={"name": "Budi"})
    with pytest.raises(CannotDecide):
        let_count(**given, note=" ", instead={"happened_on": day_in(LATELY)})


def test_a_decision_is_taken_on_the_page() -> None:
    row = two_answers()
    endang = signed_in("endang")
    empty = endang.post(f"{LIST}{row.pk}/", {"answer": "aside"})
    assert empty.status_code == 422
    assert "Write why it does not count." in empty.content.decode()
    refused = endang.post(f"{LIST}{row.pk}/", {"answer": "count"})
    assert refused.status_code == 409
    done = endang.post(f"{LIST}{row.pk}/", {"answer": "aside", "note": "Dobel."})
    assert (done.status_code, done["Location"]) == (302, LIST)
    page = endang.get(f"{LIST}{row.pk}/").content.decode()
    assert "Dobel." in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_a_registration_is_read_with_masked_numbers_and_counts_with_a_code() -> None:
    phone = phone_of(cast.sari())
    Device.objects.update(expires_at=phone.device.created_at)
    phone.send_one(phone.form("affected.register", None, registration()))
    cast.staff("tono", Role.VILLAGE_HEAD, cast.HERE)
    tono, row = signed_in("tono"), latest()
    owner = wayan()
    page = tono.get(f"{LIST}{row.pk}/").content.decode()
    assert looks_at(owner) == ["tono"]
    assert "I Wayan S." in page
    assert WAYAN_NIK not in page
    assert f"••••{WAYAN_NIK[-4:]}" in page
    said = tono.post(f"{LIST}{row.pk}/", {"answer": "count"}, follow=True)
    assert "Give this code to the person:" in said.content.decode()


def test_what_tells_about_health_is_for_health_workers_only() -> None:
    phone = phone_of(cast.dr_ratna())
    row = a_record(phone, {"kind": "isolation.check", "body": {}}, health=True)
    cast.staff("ayu", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
    cast.camat()
    assert signed_in("ayu").get(f"{HEALTH}{row.pk}/").status_code == 200
    assert signed_in("endang").get(f"{LIST}{row.pk}/").status_code == 404
    assert signed_in("endang").get(HEALTH).status_code == 403
    own = signed_in("ratna").get(f"{HEALTH}{row.pk}/").content.decode()
    assert "somebody else must decide" in own


def test_both_photos_of_one_number_are_shown(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path
    phone, name = phone_of(cast.sari()), uuid.uuid4()
    phone.put(name)
    phone.put(name, jpeg((32, 32)).read())
    cast.camat()
    row, endang = latest(), signed_in("endang")
    page = endang.get(f"{LIST}{row.pk}/").content.decode()
    for one in (name, row.form_id):
        url = f"{LIST}{row.pk}/photos/{one}/"
        assert url in page
        assert endang.get(url)["Content-Type"] == "image/jpeg"
    assert endang.get(f"{LIST}{row.pk}/photos/{uuid.uuid4()}/").status_code == 404


def test_whoever_looks_at_a_photo_is_written_down(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path
    due = cases.at_the_counter(cases.desk())
    phone, name = phone_of(Staff.objects.get(username="sari")), uuid.uuid4()
    target = f"aid.entitlement:{due.pk}"
    body = {"outcome": "received"}
    phone.send(phone.form("aid.hand_over", target, body, photos=[str(name)]))
    waits = latest()
    phone.put(name)
    phone.put(name, jpeg((32, 32)).read())
    two, endang = latest(), signed_in("endang")
    assert endang.get(f"{LIST}{waits.pk}/photos/{name}/").status_code == 200
    assert looks_at(due.person) == ["endang"]
    assert endang.get(f"{LIST}{two.pk}/photos/{name}/").status_code == 200
    assert looks_at(due.person) == ["endang"] * 2


def test_whoever_reads_about_health_is_written_down() -> None:
    person = wayan()
    look = watching.due(watching.present(person=person), at=on_day(2))
    with time_machine.travel(on_day(3, 8), tick=False):
        phone = phone_of(cast.dr_ratna())
        kind, target = "isolation.check", f"isolation.obligation:{look.pk}"
        phone.send(phone.form(kind, target, {"outcome": "absent"}))
        cast.staff("ayu", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
        row = latest()
        assert signed_in("ayu").get(f"{HEALTH}{row.pk}/").status_code == 200
    assert looks_at(person) == ["ayu"]


def test_times_are_told_both_ways_and_the_position() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    here = {"lat": -8.2, "lon": 114.3, "accuracy": 12}
    form = phone.form(
        "isolation.visit",
        f"isolation.stay:{stay.pk}",
        {"found": "absent"},
        position=here,
    )
    phone.send_one(form)
    row = latest()
    cast.camat()
    page = signed_in("endang").get(f"{LIST}{row.pk}/").content.decode()
    assert "-8.20000, 114.30000" in page
    assert "The person is not there" in page


# Phones of one's own, and of others for who administers accounts.


def enrol(client: Client, name: Any = "Redmi 9A") -> Any:
    return client.post("/field/devices/", {"name": name}, "application/json")


def test_a_phone_is_enrolled_listed_and_signed_off() -> None:
    cast.sari()
    sari = signed_in("sari")
    told = enrol(sari).json()
    assert told["staff"]["name"] == "Sari Wulandari"
    assert told["token"].startswith("skf_")
    phone = Phone(Staff.objects.get(), Device.objects.get(), told["token"])
    assert phone.call("GET", "caseload").status_code == 200
    assert "Redmi 9A" in sari.get("/field/devices/").content.decode()
    asked = sari.get(f"/field/devices/{told['device']}/revoke/").content.decode()
    assert "Sign off “Redmi 9A”?" in asked
    assert phone.call("GET", "caseload").status_code == 200
    sari.post(f"/field/devices/{told['device']}/revoke/")
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"
    assert "Redmi 9A" not in sari.get("/field/devices/").content.decode()


@pytest.mark.parametrize("name", ["", " ", "x" * 81, 7, "a\nb"])
def test_a_phone_needs_a_name(name: Any) -> None:
    cast.sari()
    assert enrol(signed_in("sari"), name).status_code == 422


def test_five_phones_are_enough() -> None:
    cast.sari()
    sari = signed_in("sari")
    *made, last = [enrol(sari) for _phone in range(6)]
    assert [answer.status_code for answer in made] == [201] * 5
    assert (last.status_code, last.json()["code"]) == (409, TooManyDevices.code)


def test_whose_office_does_no_field_work_enrols_none() -> None:
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    assert enrol(signed_in("dian")).json()["code"] == "no_field_work"


def test_an_administrator_signs_a_lost_phone_off_and_closing_does_too() -> None:
    phone = phone_of(cast.sari())
    cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY)
    admin = signed_in("admin")
    url = f"/staff/accounts/{phone.staff.pk}/"
    assert "Redmi 9A" in admin.get(url).content.decode()
    admin.post(f"{url}devices/{phone.device.pk}/revoke/")
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"
    other = phone_of(phone.staff)
    admin.post(f"{url}disable/", {"reason": "Pindah tugas."})
    assert other.call("GET", "caseload").json()["code"] == "device_revoked"
    assert Device.objects.filter(revoked_by="admin").count() == 2


def test_the_last_office_takes_the_phones_with_it() -> None:
    phone = phone_of(cast.sari())
    admin = cases.rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    first = Assignment.objects.get(staff=phone.staff)
    second = assign(
        staff=phone.staff,
        role=Role.BABINSA,
        by="setup",
        since=first.since,
        region_code=cast.HERE,
    )
    taken: dict[str, Any] = {"reason": "Selesai.", "by": admin, "at": now()}
    revoke_office(assignment=first, **taken)
    assert phone.call("GET", "caseload").status_code == 200
    revoke_office(assignment=second, **taken)
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"
    event = Event.objects.get(name="accounts.device_revoked")
    assert event.region_code == cast.HERE


def test_a_term_that_runs_out_ends_the_phones_that_night() -> None:
    phone, other = phone_of(cast.sari()), phone_of(cast.budi())
    mine = Assignment.objects.filter(staff=phone.staff)
    mine.update(until=today() + timedelta(days=1))
    assert end_phones_without_office(at=now()) == 0
    mine.update(until=today())
    assert end_phones_without_office(at=now()) == 1
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"
    assert other.call("GET", "caseload").json().get("code") != "device_revoked"
    event = Event.objects.get(name="accounts.device_revoked")
    assert event.region_code == mine.get().region_id


def test_a_lost_phone_that_is_made_up_for_opens_nothing_any_more() -> None:
    phone = phone_of(cast.sari())
    one, other = (
        cases.rights(cast.staff(name, Role.SYSTEM_ADMIN, cast.REGENCY))
        for name in ("admin", "admin2")
    )
    reset = ask_factor_reset(staff=phone.staff, reason="Hilang.", by=one, at=now())
    decide_factor_reset(reset=reset, granted=True, by=other, at=now())
    assert phone.call("GET", "caseload").json()["code"] == "device_revoked"


def test_nobody_signs_off_the_phone_of_somebody_else() -> None:
    phone = phone_of(cast.sari())
    cast.budi()
    url = f"/field/devices/{phone.device.pk}/revoke/"
    assert signed_in("budi").post(url).status_code == 404
