"""What happens later: a letter that no longer holds, sent twice, a zone that is worse."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day
from smartkampung.regions.models import Region
from smartkampung.reopening.pilots.models import PhaseSpell
from smartkampung.reopening.places.actions.complaining import answer_complaint
from smartkampung.reopening.places.actions.events import decide_event, look_at_events
from smartkampung.reopening.places.models import Complaint, Event, Place
from smartkampung.reopening.places.queries.events import mark_of
from smartkampung.reopening.places.queries.register import place_by_code
from tests import cast
from tests.cast import HERE
from tests.pictures import jpeg
from tests.visiting import (
    a_complaint,
    a_place,
    a_place_with_code,
    a_visit,
    an_event,
    babinsa,
    every_item,
    head,
    in_phase,
    last_event,
    suspended,
)
from tests.web.test_protocols import (
    PLACE,
    as_staff,
    certificate_code,
    hidden,
    visit_of,
    walk,
    words,
)

pytestmark = pytest.mark.django_db


def goes_back() -> None:
    """Let the village fall back to the strictest phase today."""
    PhaseSpell.objects.update(until=today())
    in_phase("emergency", since=today())


def allowed() -> tuple[Event, str]:
    """Ask for a wedding and allow it; return it with the address of its code."""
    code = an_event()
    row = last_event()
    decide_event(event=row, approved=True, reason="", by=head(), at=now())
    return last_event(), f"/protocols/e/{code}/"


def test_the_code_of_a_letter_says_what_holds_now(client: Client) -> None:
    row, _mine = allowed()
    url = f"/protocols/letter/{mark_of(row)}/"
    assert "diizinkan" in words(client.get(url))
    Event.objects.update(state="withdrawn", reason="Zona oranye")
    page = words(client.get(url))
    assert "izin dicabut" in page
    assert "Zona oranye" in page
    assert row.organiser not in page
    assert client.get("/protocols/letter/made-up/").status_code == 404


def test_an_organiser_reads_that_it_became_worse_and_who_decides_too(
    client: Client,
) -> None:
    row, mine = allowed()
    letter = f"/protocols/letter/{mark_of(row)}/"
    assert "memburuk" not in words(client.get(letter))
    goes_back()
    # Before any job has come by: whoever looks now reads what holds now.
    for page in (mine, letter):
        assert "Zona atau fase memburuk" in words(client.get(page))
    assert client.get(f"{mine}letter.pdf").status_code == 200
    assert look_at_events(at=now()) == 1
    page = words(client.get(mine))
    assert "Zona atau fase memburuk" in page
    assert "Petugas memutuskan dalam sehari" in page
    tono = cast.sign_in(Client(), Staff.objects.get(username="tono"))
    desk = f"/staff/protocols/events/{row.pk}/"
    assert "Zona atau fase memburuk" in words(tono.get(desk))
    assert "memburuk" in words(tono.get("/staff/protocols/events/"))
    assert "Pilih salah satu" in words(tono.post(desk, {}), 422)
    assert "Tulis alasannya" in words(tono.post(desk, {"answer": "keep"}), 409)
    tono.post(desk, {"answer": "keep", "reason": "Di luar ruang"})
    assert "Petugas memutuskan dalam sehari" not in words(client.get(mine))
    tono.post(desk, {"answer": "withdraw", "reason": "Fase turun"})
    assert "Izin dicabut" in words(client.get(mine))


def test_a_large_event_is_shown_to_the_village_and_decided_above(
    client: Client,
) -> None:
    in_phase("new_normal")
    an_event(people=100)
    tono = cast.sign_in(Client(), cast.staff("tono", Role.VILLAGE_HEAD, HERE))
    page = words(tono.get(f"/staff/protocols/events/{last_event().pk}/"))
    assert "Lereng" in page
    assert "Putuskan" not in page


def test_a_form_that_was_sent_twice_is_one_place(client: Client) -> None:
    cast.places()
    review = walk(client, "/protocols/register/", PLACE)
    data = {"form": hidden(review, "form")}
    sent = [client.post("/protocols/register/send/", data) for _turn in range(2)]
    assert sent[0]["Location"] == sent[1]["Location"]
    assert Place.objects.count() == 1


def test_a_broken_form_begins_again(client: Client) -> None:
    for form in ("register", "event"):
        page = client.post(f"/protocols/{form}/send/", {"form": "x"}, follow=True)
        assert "mulai lagi" in words(page).lower()


def test_an_inspector_brings_a_photo_and_a_broken_one_is_refused() -> None:
    place = a_place()
    joko = cast.sign_in(Client(), cast.staff("joko", Role.BABINSA, HERE))
    url = f"/staff/protocols/{place.pk}/inspect/"
    page = joko.get(url)
    broken = jpeg()
    broken.seek(0)
    broken.truncate(20)
    assert "bukan foto" in words(
        joko.post(url, {**visit_of(page), "photo": broken}), 409
    )
    joko.post(url, {**visit_of(page, "mask"), "photo": jpeg()})
    shown = joko.get(f"/staff/protocols/{place.pk}/").content.decode()
    assert "/staff/protocols/photos/" in shown
    assert "Tidak" in shown


@pytest.mark.closes("places.complaint")
def test_a_complaint_that_needs_no_visit(client: Client) -> None:
    place = a_place()
    code = a_complaint(place)
    url = f"/protocols/c/{code}/"
    assert "Paling lambat" in words(client.get(url))
    row = Complaint.objects.get()
    answer_complaint(
        complaint=row, answer="Sudah baik.", inspects=False, by=babinsa(), at=now()
    )
    page = words(client.get(url))
    assert "Sudah baik." in page
    assert "Pemeriksaan ulang" not in page
    joko = cast.sign_in(Client(), Staff.objects.get(username="joko"))
    again = joko.post(f"/staff/protocols/complaints/{row.pk}/", {"answer": "Lagi"})
    assert "sudah dijawab" in words(again, 409)


def test_an_owner_reads_why_a_place_is_not_registered(client: Client) -> None:
    _place, code = a_place_with_code()
    Place.objects.update(state="refused", reason="Bukan usaha")
    mine = f"/protocols/my/{code}/"
    assert "Bukan usaha" in words(client.get(mine))
    assert client.get(f"{mine}poster.pdf").status_code == 404
    assert client.get("/protocols/my/K7QF-2M9X-TB4C/").status_code == 404
    assert place_by_code(code) is not None


def test_a_replaced_certificate_names_the_newer_one(client: Client) -> None:
    place, joko = a_place(), babinsa()
    a_visit(place, by=joko, at=now())
    old = client_code(place)
    a_visit(place, by=joko, at=now())
    page = words(client.get(f"/protocols/v/{old}/"))
    assert f"{today().year}-{place.pk:05d}-2" in page


def client_code(place: Any) -> str:
    """Return the code on the wall of a place."""
    return str(place.certificates.latest("pk").code.open())


def test_the_list_is_narrowed_to_a_village(client: Client) -> None:
    a_visit(a_place(), by=babinsa(), at=now())
    assert "Homestay Melati" in words(client.get(f"/protocols/?village={HERE}"))
    page = words(client.get(f"/protocols/?village={cast.FAR_AWAY}"))
    assert "Homestay Melati" not in page


def test_a_suspended_place_prints_no_certificate(client: Client) -> None:
    place, code = a_place_with_code()
    a_visit(place, by=babinsa(), at=now())
    mine = f"/protocols/my/{code}/"
    assert client.get(f"{mine}certificate.pdf").status_code == 200
    suspended(place)
    assert client.get(f"{mine}certificate.pdf").status_code == 404
    assert "certificate.pdf" not in client.get(mine).content.decode()


def test_a_suspended_place_is_closed_wherever_it_is_read(client: Client) -> None:
    in_phase("recovery")
    place, code = a_place_with_code()
    a_visit(place, by=babinsa(), at=now())
    mine = f"/protocols/my/{code}/"
    pages = (
        mine,
        f"/protocols/place/{place.pk}/",
        f"/protocols/v/{certificate_code(place)}/",
    )
    for page in pages:
        assert "paling banyak 5 orang" in words(client.get(page))
    assert client.get(f"{mine}poster.pdf").status_code == 200
    suspended(place)
    for page in pages:
        shown = words(client.get(page))
        assert "Tutup: ditangguhkan" in shown
        assert "paling banyak" not in shown
    assert "poster.pdf" not in client.get(mine).content.decode()
    assert client.get(f"{mine}poster.pdf").status_code == 404


def test_who_suspends_is_told_that_everybody_reads_why() -> None:
    place = a_place()
    page = as_staff(cast.staff("hadi", Role.DINKES, cast.REGENCY)).get(
        f"/staff/protocols/{place.pk}/suspend/"
    )
    assert "Semua orang dapat membacanya. Jangan tulis nama." in words(page)


def test_the_list_asks_nothing_for_each_place(client: Client) -> None:
    joko = babinsa()

    def asks(more: int) -> int:
        for number in range(more):
            a_visit(a_place(name=f"Homestay {number}"), by=joko, at=now())
        with CaptureQueriesContext(connection) as found:
            client.get("/protocols/")
        return len(found)

    asks(1)
    assert asks(1) == asks(6)


def test_an_owner_who_lost_the_code_gets_another() -> None:
    place, lost = a_place_with_code()
    sari = cast.sign_in(Client(), cast.sari())
    page = sari.post(f"/staff/protocols/{place.pk}/code/")
    found = re.search(r'class="slip-code">([^<]+)<', page.content.decode())
    assert found
    assert place_by_code(found[1]) == place
    assert place_by_code(lost) is None
    Place.objects.update(state="refused", reason="Bukan usaha")
    assert "tidak ada di daftar" in words(
        sari.post(f"/staff/protocols/{place.pk}/code/"), 409
    )


def test_nobody_fills_in_a_checklist_before_the_village_took_a_place_in() -> None:
    place = a_place()
    Place.objects.update(state="asked")
    joko = cast.sign_in(Client(), cast.staff("joko", Role.BABINSA, HERE))
    page = joko.get(f"/staff/protocols/{place.pk}/inspect/", follow=True)
    assert "Desa belum memasukkan tempat ini" in words(page)


def test_who_inspects_reads_which_must_failed_it_and_the_owner_too() -> None:
    place, code = a_place_with_code()
    joko = cast.sign_in(
        Client(), cast.staff("joko", Role.BABINSA, HERE, name="Joko Susilo")
    )
    page = joko.get(f"/staff/protocols/{place.pk}/inspect/")
    answers = {f"item_{one}": "yes" for one in every_item()} | {"item_mask": "no"}
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.content.decode())
    assert form_id is not None
    told = {"form_id": form_id[1], **answers}
    said = words(joko.post(f"/staff/protocols/{place.pk}/inspect/", told, follow=True))
    failed = "Tidak dipenuhi padahal tanpa kecuali: Semua memakai masker"
    assert said.count(failed) == 2  # when it is written down, and below the visit
    assert "poin yang diperlukan" not in said
    assert failed in words(Client().get(f"/protocols/my/{code}/"))


def test_too_few_points_are_said_beside_what_is_needed() -> None:
    place, code = a_place_with_code()
    a_visit(place, *every_item(), by=babinsa(), at=now())
    mine = words(Client().get(f"/protocols/my/{code}/"))
    assert "Diperlukan 75 poin." in mine


def test_an_owner_reads_by_when_the_place_is_looked_at() -> None:
    place, code = a_place_with_code()
    mine = f"/protocols/my/{code}/"
    visit_by = long_day(place.asked_at + timedelta(days=14))
    assert f"Pemeriksaan Paling lambat {visit_by}" in words(Client().get(mine))
    Place.objects.update(state="asked", decided_at=None, decided_by="")
    answer_by = long_day(place.asked_at + timedelta(days=7))
    asked = words(Client().get(mine))
    assert f"Desa memeriksanya Paling lambat {answer_by}" in asked
    assert visit_by not in asked
    Place.objects.update(asked_at=now() - timedelta(days=9))
    assert "Desa memeriksanya terlambat" in words(Client().get(mine))


def test_a_closed_place_says_so_once() -> None:
    place = a_place()
    page = words(Client().get(f"/protocols/place/{place.pk}/"))
    assert "Hari ini tutup" in page
    assert "ditutup" not in page


def test_an_rt_head_sees_the_places_of_the_village_and_no_phone_elsewhere() -> None:
    place = a_place()
    other = f"{cast.RW_HERE}.008"
    Region.objects.create(code=other, name="RT 008", kind="rt", parent_id=cast.RW_HERE)
    here, beside = (
        cast.sign_in(Client(), cast.staff(name, Role.RT_HEAD, rt))
        for name, rt in (("putu", cast.RT_HERE), ("kadek", other))
    )
    url = f"/staff/protocols/{place.pk}/"
    assert "Homestay Melati" in words(beside.get("/staff/protocols/"))
    assert "Tampilkan nomor telepon" not in words(beside.get(url))
    assert beside.post(f"{url}phone/").status_code == 404
    assert "081234567890" in here.post(f"{url}phone/").content.decode()
    assert beside.post(f"{url}suspend/").status_code == 403
    away = cast.sign_in(
        Client(), cast.staff("made2", Role.RT_HEAD, f"{cast.NEXT_DOOR}.001.001")
    )
    assert away.get(url).status_code == 404
