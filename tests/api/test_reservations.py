"""The JSON twin of booking: once, never over, followed and cancelled by its code."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.isolation.models import BedUse, Reservation, Stay
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, NEXT_DOOR, RT_HERE
from tests.isolating import SURABAYA, WAYAN_NIK, a_house

pytestmark = pytest.mark.django_db
URL = "/api/v1/isolation/reservations"
SOON = (today() + timedelta(days=3)).isoformat()
WAYAN: dict[str, Any] = {
    "name": "Wayan",
    "sex": "L",
    "born_on": "1990-03-12",
    "nik": WAYAN_NIK,
}
GOOD: dict[str, Any] = {
    "village": HERE,
    "arrives_on": SOON,
    "origin_code": SURABAYA,
    "entry_point": "ketapang",
    "guests": [WAYAN],
    "phone": "0857 1111 2222",
}


@pytest.fixture(autouse=True)
def _house() -> None:
    a_house(beds=2)


def post(client: Client, url: str, body: Any = None, *, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid.uuid4()), "Accept-Language": "en"}
    return client.post(url, body, content_type="application/json", headers=headers)


def book(client: Client, *, key: str = "", **changes: Any) -> Any:
    return post(client, URL, {**GOOD, **changes}, key=key)


def test_one_number_names_one_person_of_a_party(client: Client) -> None:
    answer = book(client, guests=[WAYAN, WAYAN | {"name": "Wayan kembar"}])
    assert answer.status_code in {409, 422}
    assert "same number stands twice" in answer.json()["detail"]
    act_as(Kind.JOB)
    assert not Reservation.objects.exists()


def test_a_booking_is_made_followed_moved_and_cancelled(client: Client) -> None:
    answer = book(client)
    assert answer.status_code == 201
    told = answer.json()
    assert told["url"].endswith(f"/i/{told['code']}/")
    where = f"{URL}/{told['code']}"
    seen = client.get(where).json()
    assert (seen["state"], seen["house"], seen["people"]) == ("booked", "Balai Desa", 1)
    assert WAYAN_NIK not in str(seen)
    assert "Wayan" not in str(seen)
    later = (today() + timedelta(days=9)).isoformat()
    moved = post(client, f"{where}/arrival", {"arrives_on": later})
    assert moved.json()["arrives_on"] == later
    assert post(client, f"{where}/cancel").json()["state"] == "cancelled"
    act_as(Kind.JOB)
    assert not BedUse.objects.filter(live=True).exists()
    assert post(client, f"{where}/arrival", {"arrives_on": later}).json()["code"] == (
        "too_late"
    )


def test_the_same_key_and_body_book_once(client: Client) -> None:
    key = str(uuid.uuid4())
    assert book(client, key=key).json() == book(client, key=key).json()
    act_as(Kind.JOB)
    assert Reservation.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict(client: Client) -> None:
    key = str(uuid.uuid4())
    book(client, key=key)
    answer = book(client, key=key, entry_point="airport")
    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency_key_reused"


def test_a_full_house_names_others_with_room(client: Client) -> None:
    small = a_house("Pondok", beds=1)
    assert book(client, house_id=small.pk).status_code == 201
    answer = book(client, house_id=small.pk)
    assert answer.status_code == 409
    assert answer.json()["code"] == "no_room"
    assert [one["name"] for one in answer.json()["alternatives"]] == ["Balai Desa"]


def test_a_family_gets_a_bed_each_or_waits_together(client: Client) -> None:
    family = [WAYAN, {"name": "Made", "sex": "P", "born_on": "1992-01-01"}]
    assert book(client, guests=family).json()["state"] == "booked"
    waiting = book(client, guests=family).json()
    assert waiting["state"] == "waiting"
    seen = client.get(f"{URL}/{waiting['code']}").json()
    assert seen["place_in_order"] == 1
    assert post(client, f"{URL}/{waiting['code']}/take").json()["code"] == "offer_gone"


def test_a_home_is_taken_where_it_is_fit(client: Client) -> None:
    fit: dict[str, Any] = {"own_room": True, "own_bathroom": True, "nobody_frail": True}
    home: dict[str, Any] = {
        "setting": "home",
        "address": "Jalan Kawah 3",
        "place": RT_HERE,
    }
    assert book(client, **home).status_code == 422
    answer = book(client, **home, **fit)
    assert answer.status_code == 201
    seen = client.get(f"{URL}/{answer.json()['code']}")
    assert "Kawah" not in seen.content.decode()


def test_another_document_names_somebody_as_well(client: Client) -> None:
    guest = {**WAYAN, "nik": "", "document_kind": "passport", "document": "B1234567"}
    assert book(client, guests=[guest]).status_code == 201
    act_as(Kind.JOB)
    assert Stay.objects.get().document_kind == "passport"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"origin_code": "99.99"}, "origin_code"),
        ({"village": "35.10"}, "village"),
        ({"village": "\x00"}, "village"),
        ({"place": NEXT_DOOR}, "place"),
        ({"house_id": 987654}, "house_id"),
        ({"phone": "12"}, "phone"),
        ({"guests": [{**WAYAN, "nik": "12"}]}, "guests.0.nik"),
        ({"guests": [{**WAYAN, "name": f"W {WAYAN_NIK}"}]}, "guests.0.name"),
        ({"guests": [{**WAYAN, "name": "  "}]}, "guests.0.name"),
        ({"guests": [{**WAYAN, "born_on": "2990-01-01"}]}, "guests.0.born_on"),
        ({"guests": [{**WAYAN, "born_on": "1790-01-01"}]}, "guests.0.born_on"),
        (
            {"guests": [{**WAYAN, "nik": "", "document_kind": "other"}]},
            "guests.0.document",
        ),
        ({"setting": "home"}, "setting"),
        ({"guests": []}, "guests"),
    ],
)
def test_what_is_wrong_is_named(
    client: Client, changes: dict[str, Any], field: str
) -> None:
    answer = book(client, **changes)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert WAYAN_NIK not in answer.content.decode()


def test_a_day_that_is_over_is_turned_down(client: Client) -> None:
    answer = book(client, arrives_on="2020-01-01")
    assert (answer.status_code, answer.json()["code"]) == (409, "bad_dates")


def test_a_made_up_code_opens_nothing(client: Client) -> None:
    assert client.get(f"{URL}/K7QF-2M9X-TB4C").status_code == 404
