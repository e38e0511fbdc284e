"""Each kind of field work reaches the very action of its page, and says when it cannot."""

import hashlib
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.devices import caller_by_id
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.models import Entitlement, Handover
from smartkampung.aid.proxies.models import Collection
from smartkampung.aid.rules.claims import Reason
from smartkampung.frontline.field.actions import room
from smartkampung.frontline.field.actions.arriving import photo_came
from smartkampung.frontline.field.actions.photos import (
    MOST_BYTES,
    PhotoTooLarge,
    WrongDigest,
)
from smartkampung.frontline.field.actions.reviewing import CannotCount, let_count
from smartkampung.frontline.field.kinds.base import PhotosMissing, TooSoon
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.frontline.field.queries.photos import second_photo
from smartkampung.intake.actions.upkeep import clean_up
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import Limit
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Registration
from tests import arriving, cases, cast, proxies
from tests.fieldwork import LATELY, TO_COME, Phone, day_in, phone_of
from tests.pictures import jpeg
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db
RECEIVED = {"proxy": "0", "outcome": "received"}


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path


def sari() -> Phone:
    return phone_of(Staff.objects.get(username="sari"))


def record() -> Record:
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


# Hand-over: signature and photo are the proof, whichever comes first.


@pytest.fixture
def due() -> Entitlement:
    return cases.at_the_counter(cases.desk())


def given(phone: Phone, due: Entitlement, **more: Any) -> dict[str, Any]:
    photos = {"photos": [str(uuid.uuid4())], "signature": str(uuid.uuid4())}
    target = f"aid.entitlement:{due.pk}"
    return phone.form("aid.hand_over", target, RECEIVED, **{**photos, **more})


def test_aid_is_handed_over_with_signature_and_photo(due: Entitlement) -> None:
    phone = sari()
    form = given(phone, due)
    for name in (form["signature"], *form["photos"]):
        assert phone.put(uuid.UUID(name)).status_code == 201
    assert phone.send_one(form)["state"] == "done"
    act_as(Kind.JOB)
    row = Handover.objects.get(entitlement=due)
    assert (row.outcome, row.proof, row.quantity) == ("received", "signature", row.due)
    kept = set(Photo.objects.values_list("upload_id", flat=True))
    assert {row.signature_id, row.photo_id} == kept


def test_a_hand_over_waits_for_its_proof_and_is_then_taken_by_itself(
    due: Entitlement,
) -> None:
    phone = sari()
    form = given(phone, due)
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", "photos_missing")
    phone.put(uuid.UUID(form["photos"][0]))
    assert record().state == "review"
    phone.put(uuid.UUID(form["signature"]))
    assert record().state == "done"
    [later] = phone.call("GET", f"receipts?ids={form['id']}").json()["receipts"]
    assert later["state"] == "done"
    assert Handover.objects.filter(entitlement=due).count() == 1


def test_a_hand_over_without_proof_is_held(due: Entitlement) -> None:
    phone = sari()
    receipt = phone.send_one(given(phone, due, photos=[]))
    assert (receipt["state"], receipt["code"]) == ("held", "invalid")
    assert set(receipt["errors"]) == {"signature"}


def test_what_was_handed_over_meanwhile_goes_to_review(due: Entitlement) -> None:
    phone = sari()
    form = given(phone, due)
    for name in (form["signature"], *form["photos"]):
        phone.put(uuid.UUID(name))
    act_as(Kind.JOB)
    cases.call(due, cases.rights(phone.staff))
    assert phone.send_one(form)["state"] == "review"


def test_a_hand_over_of_yesterday_is_asked_about_today_too(
    one_morning: Any, due: Entitlement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reasons(due: Entitlement, *, on: date) -> list[Reason]:
        return [Reason.DEAD] if on == today() else []

    path = "smartkampung.frontline.field.kinds.hand_over.reasons_not_to_hand_over"
    monkeypatch.setattr(path, reasons)
    phone = sari()
    yesterday = (phone.time - timedelta(days=1)).isoformat()
    form = given(phone, due, saved_at=yesterday)
    for name in (form["signature"], *form["photos"]):
        phone.put(uuid.UUID(name))
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", "must_not_hand_over")


def test_an_absence_needs_no_proof(due: Entitlement) -> None:
    phone = sari()
    body = {"outcome": "absent"}
    form = phone.form("aid.hand_over", f"aid.entitlement:{due.pk}", body)
    assert phone.send_one(form)["state"] == "done"


def test_the_phone_knows_what_is_due_and_to_whom(due: Entitlement) -> None:
    [item] = [
        one
        for one in sari().call("GET", "caseload").json()["items"]
        if one["kind"] == "aid.hand_over"
    ]
    assert item["form"]["initial"] == {"proxy": "0"}
    assert item["note"]["id"].endswith("1 paket sembako")


# Photos: the same twice is one, another never takes its place.


def test_a_photo_comes_once_and_no_other_takes_its_place(due: Entitlement) -> None:
    phone, name = sari(), uuid.uuid4()
    assert phone.call("GET", f"photos/{name}").status_code == 404
    assert phone.put(name).status_code == 201
    assert phone.put(name).status_code == 200
    assert phone.call("GET", f"photos/{name}").json() == {"received": True}
    other = jpeg((32, 32)).read()
    for _time in range(2):
        assert phone.put(name, other).status_code == 409
    assert Photo.objects.get().upload.width == 64
    held = record()
    assert (held.state, held.code, held.health) == ("held", "second_photo", False)
    act_as(Kind.JOB)
    assert Record.objects.count() == 1


def test_a_photo_that_meets_a_busy_row_is_kept_and_tried_again(
    due: Entitlement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: Any) -> None:
        raise Busy("Sibuk.")

    phone = sari()
    form = given(phone, due)
    assert phone.send_one(form)["code"] == "photos_missing"
    first, last = form["signature"], form["photos"][0]
    phone.put(uuid.UUID(first))
    with monkeypatch.context() as patch:
        patch.setattr("smartkampung.frontline.field.actions.arriving._again", busy)
        answer = phone.put(uuid.UUID(last))
    assert (answer.status_code, answer.json()["code"]) == (429, "busy")
    assert Photo.objects.filter(photo_id=last).exists()
    assert phone.put(uuid.UUID(last)).status_code == 200
    assert record().state == "done"


def test_no_photo_takes_the_place_of_another_by_guessing_its_name(
    due: Entitlement,
) -> None:
    phone, decoy, later = sari(), uuid.uuid4(), jpeg((32, 32)).read()
    target = uuid.uuid5(decoy, hashlib.sha256(later).hexdigest())
    phone.put(target)
    file = Path(settings.UPLOADS) / Photo.objects.get().upload.path
    before = file.read_bytes()
    phone.put(decoy, jpeg((16, 16)).read())
    assert phone.put(decoy, later).status_code == 409
    assert file.read_bytes() == before


def test_second_photos_outlive_the_nightly_clean_up(
    due: Entitlement, django_capture_on_commit_callbacks: Any
) -> None:
    phone, name = sari(), uuid.uuid4()
    phone.put(name)
    phone.put(name, jpeg((32, 32)).read())
    act_as(Kind.JOB)
    with django_capture_on_commit_callbacks(execute=True):
        assert clean_up(at=now() + timedelta(days=9))["photos"] == 0
    both = second_photo(Record.objects.get())
    assert len(both) == 2
    assert all((Path(settings.UPLOADS) / path).exists() for path in both.values())


def test_a_photo_is_no_larger_than_the_app_makes_it(due: Entitlement) -> None:
    caller = caller_by_id(sari().device.pk, at=now())
    assert caller is not None
    large = b"0" * (MOST_BYTES + 1)
    with pytest.raises(PhotoTooLarge):
        photo_came(
            caller=caller, photo_id=uuid.uuid4(), content=large, sha256="", at=now()
        )


def test_a_photo_that_broke_on_the_way_is_sent_again(due: Entitlement) -> None:
    phone, path = sari(), f"photos/{uuid.uuid4()}"
    sent = {"X-Content-SHA256": "0" * 64}
    broken = phone.call("PUT", path, jpeg().read(), **sent)
    assert (broken.status_code, broken.json()["code"]) == (422, WrongDigest.code)
    assert phone.put(uuid.uuid4(), b"no picture").json()["code"] == "not_a_photo"
    assert phone.put(uuid.uuid4(), b"0" * (3 * 1024 * 1024 + 1)).status_code == 413
    assert not Upload.objects.filter(bytes__gt=1).exists()


def test_nobody_fills_the_disk_with_photos(
    due: Entitlement, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("field.photos", 1, timedelta(days=1))
    monkeypatch.setattr(room, "PHOTOS_A_DAY", few)
    phone = sari()
    assert phone.put(uuid.uuid4()).status_code == 201
    later = phone.put(uuid.uuid4())
    assert (later.status_code, later.json()["code"]) == (429, "too_many_photos")


def test_a_proxy_collects_and_a_stranger_does_not(one_morning: Any) -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    proxy = proxies.in_force(desk, due.person)
    phone = sari()
    form = given(phone, due)
    for name in (form["signature"], *form["photos"]):
        phone.put(uuid.UUID(name))
    stranger = given(phone, due, **{key: form[key] for key in ("photos", "signature")})
    stranger["body"] = {**RECEIVED, "proxy": "0" * 9 + "1"}
    assert set(phone.send_one(stranger)["errors"]) == {"proxy"}
    [item] = phone.call("GET", "caseload").json()["items"]
    [_own, [chosen, words]] = item["form"]["choices"]["proxy"]
    assert chosen == str(proxy.pk)
    assert proxy.name not in words["id"]
    form["body"] = {**RECEIVED, "proxy": chosen}
    assert phone.send_one(form)["state"] == "done"
    act_as(Kind.JOB)
    assert Collection.objects.get().proxy_id == proxy.pk


def test_two_people_may_give_a_photo_the_same_number(due: Entitlement) -> None:
    name = uuid.uuid4()
    assert sari().put(name).status_code == 201
    assert phone_of(cast.budi()).put(name).status_code == 201
    assert len(set(Photo.objects.values_list("upload_id", flat=True))) == 2


# Isolation: presence for the three pillars, health for the Puskesmas only.


@pytest.mark.parametrize(
    ("missing", "state"), [("", "review"), ("Kamera rusak.", "done")]
)
def test_a_visit_waits_for_the_photo_that_proves_it(missing: str, state: str) -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    [item] = phone.call("GET", "caseload").json()["items"]
    assert (item["target"], item["who"]) == (f"isolation.stay:{stay.pk}", "Ketut D.")
    name = uuid.uuid4()
    here = {"lat": -8.2, "lon": 114.3, "accuracy": 12}
    body = {"found": "present", "safety": ["food"], "note": "Perlu beras."}
    body["missing"] = missing
    form = phone.form(
        "isolation.visit", item["target"], body, photos=[str(name)], position=here
    )
    receipt = phone.send_one(form)
    assert receipt["state"] == state
    assert state == "done" or receipt["code"] == PhotosMissing.code
    phone.put(name)
    act_as(Kind.JOB)
    visit = SupervisionVisit.objects.get()
    assert (visit.lat, visit.lng) == (-8.2, 114.3)
    assert visit.photo is not None
    assert visit.photo.bytes > 0


def test_a_visit_before_anybody_came_is_for_a_colleague_and_never_counts() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    # Half an hour more than a day: what a clock may be off never reaches today.
    yesterday = (phone.time - timedelta(days=1, minutes=30)).isoformat()
    body = {"found": "absent", "missing": "Tanpa sinyal."}
    target = f"isolation.stay:{stay.pk}"
    form = phone.form("isolation.visit", target, body, saved_at=yesterday)
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", TooSoon.code)
    camat = cases.rights(cast.camat())
    act_as(Kind.STAFF, scope=camat.regions_where(Permission.FIELD_REVIEW))
    with pytest.raises(CannotCount, match=r"before there was|sebelum ada yang"):
        let_count(row=Record.objects.get(), by=camat, at=now())
    assert not SupervisionVisit.objects.exists()


def test_a_visit_without_position_photo_or_reason_is_for_a_colleague() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    form = phone.form(
        "isolation.visit", f"isolation.stay:{stay.pk}", {"found": "absent"}
    )
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", "proof_missing")


# Registrations carry a NIK: sealed here, and not told again.


def registration(**changes: Any) -> dict[str, Any]:
    return {
        "nik": WAYAN_NIK,
        "name": "Wayan Sudarma",
        "born_on": "1990-03-12",
        "region_code": cast.RT_HERE,
        "phone": "0857 1111 2222",
        "kind": "laid_off",
        "sector": "boat",
        "happened_on": day_in(LATELY),
        "income_before": 3_000_000,
        "income_after": 0,
        "dependants": 3,
        "wishes": ["training", "tools"],
        **changes,
    }


def test_somebody_who_asks_at_the_door_is_registered_and_gets_a_code() -> None:
    phone = phone_of(cast.sari())
    receipt = phone.send_one(phone.form("affected.register", None, registration()))
    assert receipt["state"] == "done", receipt
    assert len(receipt["result"]["code"]) == 14
    act_as(Kind.JOB)
    row = Registration.objects.get()
    assert (row.registered_by_id, row.region_code) == (phone.staff.pk, cast.RT_HERE)


def test_a_registration_elsewhere_is_for_a_colleague() -> None:
    phone = phone_of(cast.sari())
    body = registration(region_code=f"{cast.NEXT_DOOR}.001.001")
    receipt = phone.send_one(phone.form("affected.register", None, body))
    assert (receipt["state"], receipt["code"]) == ("review", "not_yours")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"nik": "123"}, "nik"),
        ({"name": "12"}, "name"),
        ({"sector": "none"}, "sector"),
        ({"region_code": f"{cast.HERE}.009.009"}, "region_code"),
        ({"phone": "x"}, "phone"),
        ({"kind": "sales_down"}, "sales_down_percent"),
        ({"born_on": TO_COME}, "born_on"),
        ({"happened_on": TO_COME}, "happened_on"),
        ({"born_on": LATELY + 9}, "happened_on"),
        ({"income_after": 3_000_001}, "income_after"),
    ],
)
def test_a_registration_with_a_wrong_answer_is_held(
    changes: dict[str, Any], name: str
) -> None:
    phone = phone_of(cast.sari())
    told = {
        key: day_in(value) if key.endswith("_on") else value
        for key, value in changes.items()
    }
    form = phone.form("affected.register", None, registration(**told))
    receipt = phone.send_one(form)
    assert (receipt["state"], set(receipt["errors"])) == ("held", {name})
    assert WAYAN_NIK not in str(receipt)
