"""Wayan books a time on a phone, moves it, gives it back; the wall shows numbers only."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.kernel.clock import telling
from smartkampung.reopening.counters.actions.offices import close_day
from smartkampung.reopening.counters.actions.serving import call_next, mark
from smartkampung.reopening.counters.models import Booking
from smartkampung.reopening.counters.rules.states import First, State
from tests import cast
from tests.counters import (
    LETTER,
    NOW,
    PHONE,
    TODAY,
    TUESDAY,
    booked,
    code_of,
    counter,
    slot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with telling(NOW):
        yield


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def hidden(answer: Any, name: str) -> str:
    """Return what a page carries along."""
    found = re.search(f'name="{name}" value="([^"]+)"', answer.content.decode())
    assert found is not None, answer.content.decode()
    return found[1]


def take(client: Client, page: Any, **answers: str) -> Any:
    """Answer one screen; return the next."""
    data = {"form": hidden(page, "form"), "step": hidden(page, "step"), **answers}
    return client.post("/counters/book/", data, follow=True)


def send(client: Client, page: Any) -> Any:
    data = {"form": hidden(page, "form")}
    return client.post("/counters/book/send/", data)


def walk(client: Client, row: Any, page: Any, where: Any) -> Any:
    """Answer the screens from the day on; return the review."""
    page = take(client, page, on=where.on.isoformat())
    page = take(client, page, slot=str(where.pk))
    return take(client, page, name="Wayan", phone=PHONE)


def test_wayan_books_one_question_a_screen(client: Client) -> None:
    row = counter()
    page = client.get("/counters/book/", follow=True)
    page = take(client, page, kecamatan=cast.KECAMATAN)
    assert "Desa Sumberwangi: Pelayanan umum" in words(page)
    page = take(client, page, office=str(row.pk))
    page = take(client, page, service=LETTER)
    assert "Tidak perlu bukti" in words(page)
    page = take(client, page, first="no")
    assert "Selasa, 24 November 2026: 8 tempat kosong" in words(page)
    page = walk(client, row, page, slot(row, 9, TUESDAY))
    shown = words(page)
    assert "Selasa, 24 November 2026, 09.00–10.00 WIB" in shown
    assert LETTER in shown
    sent = send(client, page)
    shown = words(client.get(sent["Location"]))
    assert "09.00-1" in shown
    assert "Wayan" not in shown.replace("Wayan Sudarma", "")
    # The same form again lands on the same booking; Back finds that it was sent.
    assert send(client, page)["Location"] == sent["Location"]
    assert Booking.objects.count() == 1


def test_a_text_link_opens_at_the_times_of_an_office(client: Client) -> None:
    row = counter()
    page = client.get(f"/counters/book/?office={row.pk}&service=1", follow=True)
    assert "Pada hari apa?" in words(page) or "hari" in words(page)
    assert hidden(page, "step") == "day"
    sent = send(client, walk(client, row, page, slot(row)))
    assert Booking.objects.get().service == LETTER
    assert "08.00-1" in words(client.get(sent["Location"]))
    page = client.get(f"/counters/book/?office={row.pk}", follow=True)
    assert hidden(page, "step") == "service"
    page = client.get("/counters/book/?office=999999&service=x", follow=True)
    assert hidden(page, "step") == "kecamatan"


def test_whoever_comes_first_sees_the_kept_places(client: Client) -> None:
    row = counter(people=2, share=100)
    link = f"/counters/book/?office={row.pk}"
    page = take(client, client.get(link, follow=True), service=LETTER)
    page = take(client, page, first="no")
    later = TODAY + timedelta(days=1)
    assert f'value="{later}"' not in page.content.decode()
    page = take(client, client.get(link, follow=True), service=LETTER)
    page = take(client, page, first="elderly")
    assert f'value="{later}"' in page.content.decode()


def test_a_time_that_filled_meanwhile_leads_back_to_the_times(client: Client) -> None:
    row = counter(people=2)
    link = f"/counters/book/?office={row.pk}&service=1"
    page = walk(client, row, client.get(link, follow=True), slot(row))
    booked(slot(row))
    shown = words(send(client, page), 409)
    assert "Tempat terakhir pada waktu ini baru saja diambil" in shown
    assert "09.00–10.00 WIB: 1 tempat kosong" in shown


def test_a_phone_that_booked_is_told_so_on_the_review(client: Client) -> None:
    row = counter()
    booked(slot(row, 9), to=PHONE)
    link = f"/counters/book/?office={row.pk}&service=1"
    page = walk(client, row, client.get(link, follow=True), slot(row))
    assert "Nomor HP ini sudah memesan" in words(send(client, page), 409)


def test_an_old_form_begins_again_kindly(client: Client) -> None:
    answer = client.post("/counters/book/send/", {"form": "broken"}, follow=True)
    assert hidden(answer, "step") == "kecamatan"


def test_where_nothing_is_free_the_page_says_what_to_do(client: Client) -> None:
    cast.places()
    page = take(
        client, client.get("/counters/book/", follow=True), kecamatan=cast.KECAMATAN
    )
    assert "Belum ada kantor di sini" in words(page)


def test_the_code_opens_the_booking_at_the_door(client: Client) -> None:
    code = code_of(slot(counter())).code
    led = client.post("/counters/", {"code": code.lower()})
    assert led["Location"] == f"/counters/b/{code}/"
    assert "Tidak ada pesanan" in words(
        client.post("/counters/", {"code": "0000-0000-0000"}), 422
    )


def test_what_the_office_called_off_is_told_by_the_code(client: Client) -> None:
    row = counter()
    made = code_of(slot(row, on=TUESDAY))
    close_day(counter=row, on=TUESDAY, reason="Libur", by="camat", at=NOW)
    shown = client.get(f"/counters/b/{made.code}/").content.decode()
    assert "Dibatalkan kantor" in shown
    assert "Anda tidak dihitung mangkir" in shown
    assert 'href="/counters/book/"' in shown


def test_the_code_opens_the_booking_from_the_first_page_too(client: Client) -> None:
    code = code_of(slot(counter())).code
    page = client.post("/t/", {"code": code}, follow=True)
    assert page.redirect_chain[-1][0] == f"/counters/b/{code}/"


def test_wayan_moves_and_then_cancels(client: Client) -> None:
    row = counter()
    code = code_of(slot(row), name="Wayan").code
    move = f"/counters/b/{code}/move/"
    assert "Selasa, 24 November 2026" in words(client.get(move))
    target = slot(row, 9, TUESDAY)
    assert "4 tempat kosong" in words(client.get(move, {"on": TUESDAY.isoformat()}))
    words(client.post(f"{move}?on={TUESDAY}", {"slot": ""}), 422)
    client.post(f"{move}?on={TUESDAY}", {"slot": target.pk})
    shown = words(client.get(f"/counters/b/{code}/"))
    assert "Waktunya sudah diganti" in shown
    assert "09.00-1" in shown
    asked = words(client.get(f"/counters/b/{code}/cancel/"))
    assert "Batalkan pesanan ini?" in asked
    assert "Ya, batalkan nomor 09.00-1" in asked
    assert "Pesan lagi" not in words(client.get(f"/counters/b/{code}/"))
    client.post(f"/counters/b/{code}/cancel/")
    gone = words(client.get(f"/counters/b/{code}/"))
    assert "Dibatalkan" in gone
    assert "Pesan lagi" in gone
    assert client.get(f"/counters/b/{code}/cancel/").status_code == 302
    assert client.get(move).status_code == 302


def test_a_full_time_refuses_the_move(client: Client) -> None:
    row = counter(people=2)
    code = code_of(slot(row)).code
    booked(slot(row, 9))
    answer = client.post(f"/counters/b/{code}/move/", {"slot": slot(row, 9).pk})
    assert "baru saja diambil" in words(answer, 409)


def test_what_has_begun_cannot_be_cancelled(client: Client) -> None:
    row = counter()
    answer = code_of(slot(row))
    mine = Booking.objects.get(pk=answer.booking_id)
    mark(booking=mine, state=State.ARRIVED, at=NOW, by="sari")
    refused = client.post(f"/counters/b/{answer.code}/cancel/")
    assert "tidak dapat diubah lagi" in words(refused, 409)


def test_the_wall_shows_numbers_and_nobodys_name(client: Client) -> None:
    row = counter()
    for who, first in (("Wayan", None), ("Ketut", First.ELDERLY)):
        mine = booked(slot(row), name=who, first=first)
        mark(booking=mine, state=State.ARRIVED, at=NOW, by="sari")
    call_next(counter=row, at=NOW, by="sari")
    page = client.get(f"/counters/wall/{row.pk}/")
    html = page.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="10">' in html
    assert html.index("08.00-2") < html.index("08.00-1")
    assert "Wayan" not in html
    assert "Ketut" not in html
    assert client.get("/counters/wall/0/").status_code == 404


def test_the_wall_of_a_closed_day_says_when_it_opens_again(client: Client) -> None:
    row = counter()
    close_day(counter=row, on=TODAY, reason="Rapat", by="camat", at=NOW)
    wall = words(client.get(f"/counters/wall/{row.pk}/"))
    assert "Loket tutup hari ini. Buka lagi Selasa, 24 November 2026" in wall
    assert "Pesan waktu" in wall


def test_the_pages_are_complete_in_english(client: Client) -> None:
    row = counter()
    code = code_of(slot(row)).code
    cast.english(client)
    assert "Book a time at a counter" in words(client.get("/counters/"))
    assert "Your number" in words(client.get(f"/counters/b/{code}/"))
    assert "Please come now" in words(client.get(f"/counters/wall/{row.pk}/"))
