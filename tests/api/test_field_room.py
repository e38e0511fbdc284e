"""No phone fills the desks or the disk; one that was ended has little room, and an end."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Assignment, Device
from smartkampung.accounts.queries.devices import STILL_HEARD, caller_by_id
from smartkampung.accounts.roles import Role
from smartkampung.frontline.field.actions import room
from smartkampung.frontline.field.actions.arriving import receive
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import english, sign_in
from tests.covering import stands_in
from tests.fieldwork import Phone, phone_of
from tests.pictures import jpeg

PASSWORD = "kopi-pagi-di-kaki-ijen"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path


@pytest.fixture
def phone() -> Phone:
    return phone_of(cast.sari())


def form_of(phone: Phone, number: int = 0) -> dict[str, Any]:
    return phone.form("aid.field_check", f"aid.claim:{number}", {"notes": "Kosong."})


def post(phone: Phone, *forms: dict[str, Any]) -> Any:
    told = {"device_time": phone.time.isoformat(), "records": list(forms)}
    return phone.call("POST", "records", told)


def end(phone: Phone, ago: timedelta = timedelta()) -> None:
    revoke_device(device=phone.device, by="made", at=now() - ago)


def kept() -> int:
    act_as(Kind.JOB)
    return Record.objects.count()


def test_forms_are_counted_and_not_how_often_they_were_sent(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FORMS_A_DAY", 2)
    first, second, third = (form_of(phone) for _number in range(3))
    for _time in range(3):
        assert len(phone.send(first)) == 1
    # One finds room, the other stays on the phone.
    [receipt] = phone.send(second, third)
    assert receipt["id"] == second["id"]
    full = post(phone, third)
    assert (full.status_code, full.json()["code"]) == (429, "too_many_forms")
    assert int(full["Retry-After"]) > 0
    # What is known already is told, however full it is.
    assert len(phone.send(third, first)) == 1
    Record.objects.all()
    assert kept() == 2


def test_an_ended_phone_has_room_for_few_forms_once_and_for_all(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FORMS_AFTER_THE_END", 2)
    send_at(phone, 10)
    end(phone, timedelta(days=9))
    for days in (8, 1):
        send_at(phone, days)
    assert post(phone, form_of(phone)).status_code == 429
    # The new phone of the same person has all the room of a day.
    assert len(phone_of(phone.staff).send(form_of(phone))) == 1
    assert kept() == 4


def send_at(phone: Phone, days_ago: int) -> None:
    """Send a form some days ago."""
    at = now() - timedelta(days=days_ago)
    caller = caller_by_id(phone.device.pk, at=at)
    assert caller is not None
    receive(caller=caller, records=[form_of(phone)], device_time=at, at=at)


def test_an_ended_phone_has_room_for_few_photos(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PHOTOS_AFTER_THE_END", 1)
    phone.put(uuid.uuid4())
    end(phone)
    first = uuid.uuid4()
    assert phone.put(first).status_code == 201
    full = phone.put(uuid.uuid4())
    assert (full.status_code, full.json()["code"]) == (429, "too_many_photos")
    assert phone.put(first).status_code == 200
    assert phone_of(phone.staff).put(uuid.uuid4()).status_code == 201


def test_second_photos_are_counted_as_forms(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = uuid.uuid4()
    phone.put(name)
    monkeypatch.setattr(room, "FORMS_A_DAY", 1)
    assert phone.put(name, jpeg((32, 32)).read()).status_code == 409
    full = phone.put(name, jpeg((16, 16)).read())
    assert (full.status_code, full.json()["code"]) == (429, "too_many_forms")
    assert kept() == 1


def test_a_month_after_its_end_a_phone_is_unknown_and_nothing_is_written(
    phone: Phone,
) -> None:
    end(phone, STILL_HEARD - timedelta(hours=1))
    assert len(phone.send(form_of(phone))) == 1
    Device.objects.update(
        created_at=now() - timedelta(days=60), revoked_at=now() - STILL_HEARD
    )
    for answer in (post(phone, form_of(phone)), phone.put(uuid.uuid4())):
        assert (answer.status_code, answer.json()["code"]) == (401, "device_unknown")
        assert "erase" not in answer.json()
    assert (kept(), Photo.objects.count()) == (1, 0)


@pytest.mark.parametrize("length", ["x", "-1", "1e9"])
def test_a_length_that_is_none_breaks_nothing(phone: Phone, length: str) -> None:
    for method, path in (("POST", "records"), ("PUT", f"photos/{uuid.uuid4()}")):
        answer = phone.call(method, path, {}, **{"Content-Length": length})
        assert answer.status_code == 400


# A colleague decides about all that an ended phone sent.


def waiting_items() -> list[str]:
    rows = WorkItem.objects.filter(kind__startswith="field.", closed_at=None)
    return sorted(rows.values_list("kind", flat=True))


def test_all_that_an_ended_phone_sends_is_one_piece_of_work(phone: Phone) -> None:
    end(phone)
    phone.send(*(form_of(phone) for _number in range(3)))
    check = phone.form("isolation.check", "isolation.obligation:1", {})
    phone.send(check, {**check, "id": str(uuid.uuid4())})
    assert waiting_items() == ["field.ended", "field.ended_health"]


@pytest.fixture
def tono(phone: Phone) -> Client:
    """Let the village head sign in, who looks at an ended phone with three forms."""
    end(phone)
    phone.send(*(form_of(phone) for _number in range(3)))
    return english(sign_in(Client(), cast.staff("tono", Role.VILLAGE_HEAD, cast.HERE)))


def page_of(client: Client) -> str:
    """Find the page of the phone from the list."""
    page = client.get("/field/review/").content.decode()
    act_as(Kind.JOB)
    first = Record.objects.earliest("pk")
    url = f"/field/review/{first.pk}/phone/"
    assert url in page
    assert f'/field/review/{first.pk}/"' not in page
    return url


@pytest.mark.closes("field.ended*")
def test_forms_of_an_ended_phone_are_set_aside_several_at_once(tono: Client) -> None:
    url = page_of(tono)
    act_as(Kind.JOB)
    one, two, three = Record.objects.order_by("pk").values_list("pk", flat=True)
    why = {"note": "Diisi setelah diberhentikan."}
    assert "Tick the forms" in tono.post(url, why).content.decode()
    assert tono.post(url, {"form": [one]}).status_code == 422
    assert tono.post(url, {**why, "form": [one, two, "x"]}).status_code == 302
    assert waiting_items() == ["field.ended"]
    assert tono.post(url, {**why, "all": "1"})["Location"] == "/field/review/"
    act_as(Kind.JOB)
    assert set(Record.objects.values_list("state", "note")) == {
        ("set_aside", why["note"])
    }
    assert Record.objects.filter(pk=three).exists()
    assert waiting_items() == []
    assert "Nothing waits" in tono.get(url).content.decode()


def test_nobody_sets_their_own_ended_forms_aside_or_those_of_elsewhere(
    phone: Phone, tono: Client
) -> None:
    url = page_of(tono)
    far = cast.staff("far", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN)
    assert sign_in(Client(), far).get(url).status_code == 404
    own = phone_of(cast.staff("own", Role.VILLAGE_HEAD, cast.HERE))
    end(own)
    own.send(form_of(own))
    act_as(Kind.JOB)
    latest = Record.objects.latest("pk")
    mine = english(sign_in(Client(), own.staff))
    own_url = f"/field/review/{latest.pk}/phone/"
    assert "somebody else must decide" in mine.get(own_url).content.decode()
    refused = mine.post(own_url, {"note": "Salah.", "all": "1"})
    assert refused.status_code == 409


def test_what_a_working_phone_sent_has_no_such_page(phone: Phone) -> None:
    phone.send(form_of(phone))
    endang = sign_in(Client(), cast.camat())
    act_as(Kind.JOB)
    row = Record.objects.get()
    assert endang.get(f"/field/review/{row.pk}/phone/").status_code == 404
    assert waiting_items() == ["field.review"]


# Whoever has no place any more still has colleagues who look at it.


def home_of_latest() -> str:
    act_as(Kind.JOB)
    return Record.objects.latest("pk").region_code


def test_what_names_no_place_lies_where_its_sender_did_field_work(
    phone: Phone,
) -> None:
    at = now()
    Assignment.objects.update(
        since=today() - timedelta(days=9),
        revoked_at=at,
        revoked_by="x",
        revoke_reason="Pindah tugas.",
    )
    Assignment.objects.create(
        staff=phone.staff, role=Role.DINSOS, region_id=cast.REGENCY, since=today()
    )
    phone.send({**form_of(phone), "kind": "?"})
    assert home_of_latest() == cast.HERE


def test_ones_own_place_comes_before_one_that_is_lent() -> None:
    phone = phone_of(cast.staff("kartika", Role.RT_HEAD, cast.RT_HERE))
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE)
    until, at = today() + timedelta(days=9), now()
    stands_in(
        absent=kades, stand_in=phone.staff, since=today(), until=until, by="x", at=at
    )
    phone.send({**form_of(phone), "kind": "?"})
    assert home_of_latest() == cast.RT_HERE


# A phone ends with what it began with.


def code_of(phone: Phone) -> str:
    answer = phone.call("GET", "caseload")
    return "open" if answer.status_code == 200 else str(answer.json()["code"])


def test_a_new_password_ends_the_phones_that_began_with_the_old_one() -> None:
    account = cast.staff("sari", Role.VILLAGE_OFFICER, cast.HERE, password=PASSWORD)
    phone, client = phone_of(account), english(sign_in(Client(), account))
    url, new = "/accounts/password/change/", "padi-menguning-di-lereng-ijen"
    assert "are signed off, too" in client.get(url).content.decode()
    assert code_of(phone) == "open"
    client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert code_of(phone) == "device_revoked"


def test_signing_all_others_out_ends_the_phones_too(phone: Phone) -> None:
    client = english(sign_in(Client(), phone.staff))
    url = "/accounts/sessions/"
    assert (
        "phones for field work are signed off, too" in client.get(url).content.decode()
    )
    client.post(f"{url}end-others/")
    assert code_of(phone) == "device_revoked"
    assert "signed off, too" not in client.get(url).content.decode()


def test_a_phone_ends_ninety_days_after_it_was_enrolled(phone: Phone) -> None:
    at, day = now(), timedelta(days=1)
    Device.objects.update(created_at=at - 80 * day, seen_at=at - day)
    assert code_of(phone) == "open"
    device = Device.objects.get()
    assert device.expires_at == device.created_at + 90 * day
    Device.objects.update(created_at=at - 91 * day, expires_at=at - day)
    assert code_of(phone) == "device_expired"
