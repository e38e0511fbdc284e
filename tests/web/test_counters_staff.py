"""Sari keeps the day at the counter; the camat sets up counters; nobody sees next door."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.audit.models import Event
from smartkampung.kernel.clock import telling
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.actions.slots import refit
from smartkampung.reopening.counters.models import Booking, ClosedDay, Counter, Slot
from smartkampung.reopening.counters.rules.states import First, State
from tests import cast
from tests.counters import (
    CARD,
    LETTER,
    NOW,
    PHONE,
    TODAY,
    TUESDAY,
    booked,
    counter,
    phase,
    slot,
)

pytestmark = pytest.mark.django_db
HOURS = {f"opens_{day}": "08.00" for day in range(5)} | {
    f"closes_{day}": "15:00" for day in range(5)
}
GOOD = {
    "name": "Loket kependudukan",
    "services": f"{LETTER}\n\n{CARD}\n{CARD}",
    "is_open": "on",
    "minutes": "30",
    "people": "8",
    "share": "20",
    "released": "2",
    "break_from": "12.00",
    "break_until": "13.00",
    **HOURS,
}


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with telling(NOW):
        yield


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.sign_in(client, cast.sari())


@pytest.fixture
def camat() -> Client:
    return cast.sign_in(Client(), cast.camat())


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status, answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def desk(row: Counter, **other: str) -> dict[str, str]:
    key = "6c5fd0a1-0d5e-4a51-9a14-7f0d2f2f1d11"
    return {"key": key, "service": LETTER, "first": "no", "name": "Ketut", **other}


def test_sari_sees_the_queue_of_her_office_in_order(sari: Client) -> None:
    row = counter()
    booked(slot(row), name="Wayan")
    booked(slot(row, 9), name="Made", first=First.PREGNANT)
    shown = words(sari.get(f"/staff/counters/{row.pk}/"))
    assert shown.index("Made") < shown.index("Wayan")
    assert "Sedang hamil" in shown
    other = counter(cast.NEXT_DOOR)
    assert sari.get(f"/staff/counters/{other.pk}/").status_code == 404
    assert "Pelayanan umum" in words(sari.get("/staff/counters/"))


def test_a_day_without_a_queue_leads_to_the_nearest_one(sari: Client) -> None:
    row = counter()
    later = (TODAY + timedelta(days=400)).isoformat()
    for day in ("2020-01-01", later):
        shown = words(sari.get(f"/staff/counters/{row.pk}/", {"on": day}))
        assert "Antrean terdekat:" in shown
    assert "Antrean terdekat" not in words(sari.get(f"/staff/counters/{row.pk}/"))


def test_sari_marks_calls_and_serves(sari: Client) -> None:
    row = counter()
    mine = booked(slot(row), name="Wayan")
    day, step = f"/staff/counters/{row.pk}/", f"/staff/counters/booking/{mine.pk}/mark/"
    assert "Tandai dulu" in words(sari.post(f"{day}next/"), 409)
    assert "Waktunya belum lewat" in words(sari.post(step, {"state": "missed"}), 409)
    sari.post(step, {"state": "arrived"})
    sari.post(f"{day}next/")
    assert "Dipanggil: 08.00-1" in words(sari.get(day))
    sari.post(step, {"state": "served"})
    sari.post(step, {"state": "no such state"})
    mine.refresh_from_db()
    assert mine.state == State.SERVED
    assert "belum lewat" in words(sari.post(f"{day}end/"), 409)


def test_sari_gives_a_number_at_the_door(sari: Client) -> None:
    row = counter(people=2)
    booked(slot(row))
    url = f"/staff/counters/{row.pk}/walk-in/"
    assert "tanpa bukti" in words(sari.get(url))
    words(sari.post(url, desk(row, service="")), 422)
    # Sent twice, it is one number.
    pages = [sari.post(url, desk(row), follow=True) for _ in range(2)]
    assert "09.00-1" in words(pages[0])
    assert "Kode untuk dibawa" in words(pages[0])
    assert Booking.objects.filter(way="walk_in").count() == 1
    another = desk(row, key="6c5fd0a1-0d5e-4a51-9a14-7f0d2f2f1d12")
    assert "Semua waktu yang tersisa" in words(sari.post(url, another), 409)


def test_sari_books_for_who_has_no_phone(sari: Client) -> None:
    row = counter()
    url = f"/staff/counters/{row.pk}/book/"
    where = slot(row, 9, TUESDAY)
    assert "24 November 2026, 09.00–10.00 WIB: 4 tempat kosong" in words(sari.get(url))
    page = sari.post(url, desk(row, slot=str(where.pk)), follow=True)
    assert "Nomor HP tidak ada" in words(page)
    assert Booking.objects.get().way == "desk"


def test_the_day_ends_with_who_did_not_come(sari: Client) -> None:
    early = NOW - timedelta(hours=3)
    row = counter(hours=(5 * 60, 7 * 60), at=early)
    mine = booked(slot(row, 5), at=early)
    there = booked(slot(row, 6), name="Ketut", at=early)
    mark(booking=there, state=State.ARRIVED, at=early, by="sari")
    day, end = f"/staff/counters/{row.pk}/", f"/staff/counters/{row.pk}/end/"
    assert f'href="{end}"' in sari.get(day).content.decode()
    asked = words(sari.get(end))
    assert "tidak datang, dan dicatat begitu: 05.00-1" in asked
    assert "pulang sebelum dilayani. Tandai dulu" in asked
    mine.refresh_from_db()
    assert mine.state == State.BOOKED  # nothing is written by looking
    shown = words(sari.post(end, follow=True))
    assert "Tidak datang: 1. Pulang sebelum dilayani: 1" in shown
    assert "0 dalam antrean" in shown
    assert "Panggil berikutnya" not in shown
    mine.refresh_from_db()
    assert mine.state == State.MISSED


def test_who_walks_in_after_the_hours_is_told_so(sari: Client) -> None:
    early = NOW - timedelta(hours=3)
    row = counter(hours=(5 * 60, 7 * 60), at=early)
    shown = words(sari.post(f"/staff/counters/{row.pk}/walk-in/", desk(row)), 409)
    assert "jamnya sudah lewat" in shown
    assert "penuh" not in shown


def test_too_many_for_a_time_are_called_and_moved(sari: Client) -> None:
    good = phase("new_normal", since=TODAY - timedelta(days=2))
    row = counter(people=2)
    mine, other = booked(slot(row), to=PHONE), booked(slot(row))
    good.until = TODAY
    good.save(update_fields=["until"])
    refit(counter=row, at=NOW)
    assert "Hubungi warga: terlalu banyak" in words(sari.get("/staff/"))
    over = f"/staff/counters/over/{slot(row).pk}/"
    assert "2 orang memesan, sekarang boleh 1: kelebihan 1" in words(sari.get(over))
    url = f"/staff/counters/booking/{mine.pk}/"
    assert PHONE not in words(sari.get(url))
    assert PHONE in words(sari.post(f"{url}phone/"))
    assert Event.objects.filter(name="counters.phone_read", by="sari").exists()
    words(sari.post(f"{url}move/", {"slot": "0"}), 409)
    sari.post(f"{url}move/", {"slot": slot(row, 9).pk})
    assert "tidak melebihi batas" in words(sari.get(over))
    assert "terlalu banyak" not in words(sari.get("/staff/"))
    sari.post(f"/staff/counters/booking/{other.pk}/cancel/")
    other.refresh_from_db()
    assert other.state == State.CANCELLED


def test_what_has_arrived_is_not_cancelled(sari: Client) -> None:
    mine = booked(slot(counter()))
    mark(booking=mine, state=State.ARRIVED, at=NOW, by="sari")
    answer = sari.post(f"/staff/counters/booking/{mine.pk}/cancel/")
    assert "tidak dapat diubah lagi" in words(answer, 409)


def test_the_camat_opens_a_counter_and_changes_it(camat: Client) -> None:
    cast.places()
    assert "Kecamatan Lereng" in words(camat.get("/staff/counters/new/"))
    words(camat.post("/staff/counters/new/", GOOD), 422)
    told = {**GOOD, "region": cast.KECAMATAN}
    page = camat.post("/staff/counters/new/", told, follow=True)
    shown = words(page)
    assert "50%" in shown
    assert "Tanggap darurat" in shown
    row = Counter.objects.get()
    assert row.services == [LETTER, CARD]
    monday = Slot.objects.filter(counter=row, on=TODAY + timedelta(days=7))
    assert monday.count() == 12  # eight to three, without the hour at noon
    words(camat.post("/staff/counters/new/", told), 409)
    url = f"/staff/counters/{row.pk}/manage/"
    assert 'value="12.00"' in camat.get(url).content.decode()
    camat.post(url, {**GOOD, "people": "20"})
    assert monday.order_by("starts_at")[0].capacity == 10
    for wrong in (
        {"closes_1": ""},
        {"closes_1": "07.00"},
        {"opens_2": "8 pagi"},
        {"services": "\n"},
        {"people": "0"},
    ):
        words(camat.post(url, {**GOOD, **wrong}), 422)


def test_the_text_link_of_a_service_is_shown(camat: Client) -> None:
    row = counter()
    html = camat.get(f"/staff/counters/{row.pk}/manage/").content.decode()
    assert f"/counters/book/?office={row.pk}&amp;service=2" in html
    assert "https://wa.me/?text=" in html


def test_the_camat_closes_a_day_and_opens_it_again(camat: Client) -> None:
    row = counter()
    url = f"/staff/counters/{row.pk}/closed/"
    camat.post(url, {"on": TUESDAY.isoformat(), "reason": "Hari raya"})
    assert not Slot.objects.filter(counter=row, on=TUESDAY).exists()
    page = camat.get(f"/staff/counters/{row.pk}/manage/")
    assert "Hari raya" in words(page)
    camat.post(url, {"open": TUESDAY.isoformat()})
    assert not ClosedDay.objects.exists()
    words(camat.post(url, {"on": "", "reason": ""}), 422)
    past = (TODAY - timedelta(days=1)).isoformat()
    words(camat.post(url, {"on": past, "reason": "Lupa"}), 409)


def test_sari_serves_but_does_not_set_up(sari: Client) -> None:
    row = counter()
    assert sari.get(f"/staff/counters/{row.pk}/manage/").status_code == 403
    assert sari.get("/staff/counters/new/").status_code == 403
