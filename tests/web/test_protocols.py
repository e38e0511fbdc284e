"""Pages of places: an owner on a phone, officers at the desk, anybody with a code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day
from smartkampung.reopening.places.models import Complaint, Place, ProtocolVersion
from smartkampung.reopening.places.queries.standing import certificate_of, code_of
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import HERE, KECAMATAN, RT_HERE
from tests.pictures import jpeg
from tests.visiting import (
    a_place,
    a_place_with_code,
    a_visit,
    all_told,
    babinsa,
    dinkes,
    every_item,
    in_phase,
    suspended,
)

pytestmark = pytest.mark.django_db
PLACE = [
    {"kind": "homestay"},
    {"name": "Homestay Melati", "address": "Jalan Melati 4"},
    {"kecamatan": KECAMATAN},
    {"village": HERE},
    {"rt": RT_HERE},
    {"capacity": "10"},
    {"contact_name": "Wayan Sudarma", "contact_phone": "0812 3456 7890"},
]


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status, answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def hidden(answer: Any, name: str) -> str:
    """Return what a page carries along."""
    found = re.search(f'name="{name}" value="([^"]+)"', answer.content.decode())
    assert found is not None, answer.content.decode()
    return found[1]


def walk(client: Client, url: str, screens: list[dict[str, Any]]) -> Any:
    """Answer every screen; return the review."""
    page = client.get(url, follow=True)
    for answers in screens:
        data = {"form": hidden(page, "form"), "step": hidden(page, "step"), **answers}
        page = client.post(url, data, follow=True)
    return page


def as_staff(account: Any) -> Client:
    return cast.sign_in(Client(), account)


def visit_of(page: Any, *lacking: str) -> dict[str, str]:
    """Return the answers to a checklist, all yes but some."""
    answers = {
        f"item_{code}": "no" if code in lacking else "yes" for code in every_item()
    }
    return {"form_id": hidden(page, "form_id"), **answers}


def certificate_code(place: Place) -> str:
    found = certificate_of(place)
    assert found is not None
    return code_of(found)


def test_an_owner_registers_and_assesses_on_a_phone(client: Client) -> None:
    cast.places()
    review = walk(client, "/protocols/register/", PLACE)
    assert "Homestay Melati" in words(review)
    sent = client.post(
        "/protocols/register/send/", {"form": hidden(review, "form")}, follow=True
    )
    assert "dimohon" in words(sent)
    mine = sent.redirect_chain[-1][0]
    assert client.get(f"{mine}assess/").status_code == 404
    place = Place.objects.get()
    sari = as_staff(cast.sari())
    decide = f"/staff/protocols/{place.pk}/decide/"
    assert "Tulis mengapa" in words(sari.post(decide, {"answer": "no"}), 409)
    assert "Pilih salah satu" in words(sari.post(decide, {}), 422)
    sari.post(decide, {"answer": "yes"})
    page = client.get(f"{mine}assess/")
    assert "Jawab ya atau tidak" in words(
        client.post(f"{mine}assess/", {"form_id": hidden(page, "form_id")}), 422
    )
    done = client.post(f"{mine}assess/", visit_of(page, "linen"), follow=True)
    assert "Sprei dan handuk" in words(done)
    poster = client.get(f"{mine}poster.pdf")
    assert poster["Content-Type"] == "application/pdf"
    assert client.get(f"{mine}certificate.pdf").status_code == 404


def test_a_visit_certifies_and_anybody_verifies(client: Client) -> None:
    place, code = a_place_with_code()
    joko = as_staff(cast.staff("joko", Role.BABINSA, HERE))
    url = f"/staff/protocols/{place.pk}/inspect/"
    page = joko.get(url)
    assert "Lulus, dengan 100" in words(joko.post(url, visit_of(page), follow=True))
    assert client.get(f"/protocols/my/{code}/certificate.pdf").content[:4] == b"%PDF"
    assert joko.get(f"/staff/protocols/{place.pk}/certificate.pdf").status_code == 200
    verified = words(client.get(f"/protocols/v/{certificate_code(place)}/"))
    assert "Sertifikat ini berlaku" in verified
    assert "Homestay Melati" in verified
    assert "Homestay Melati" in words(client.get("/protocols/"))
    assert "Homestay Melati" not in words(client.get("/protocols/?kind=market"))
    assert "tutup" in words(client.get(f"/protocols/place/{place.pk}/")).lower()
    assert place.contact_name not in words(client.get(f"/protocols/place/{place.pk}/"))


def test_the_certificate_of_a_suspended_place_says_so_to_everybody(
    client: Client,
) -> None:
    place, code = a_place_with_code()
    a_visit(place, by=babinsa(), at=now())
    suspended(place)
    page = words(client.get(f"/protocols/v/{certificate_code(place)}/"))
    assert "Sertifikat ini ditangguhkan" in page
    assert "Tanpa masker" in page
    assert "Tempat Anda ditangguhkan" in words(client.get(f"/protocols/my/{code}/"))
    assert "Homestay Melati" not in words(client.get("/protocols/"))


def shape(answer: Any) -> list[str]:
    return re.findall(r"<dt>(.*?)</dt>", answer.content.decode())


def test_an_unknown_code_is_answered_in_the_same_shape(client: Client) -> None:
    place = a_place()
    a_visit(place, by=babinsa(), at=now())
    known = client.get(f"/protocols/v/{certificate_code(place)}/")
    for typed in ("K7QF-2M9X-TB4C", "apa-saja"):
        unknown = client.get(f"/protocols/v/{typed}/")
        assert "tidak mengenal" in words(unknown)
        assert shape(unknown) == shape(known)


def test_a_complaint_is_answered_and_read_by_its_code(client: Client) -> None:
    place = a_place()
    url = f"/protocols/place/{place.pk}/complain/"
    page = client.get(url)
    form_id = hidden(page, "form_id")
    assert "Tulis apa yang" in words(client.post(url, {"form_id": form_id}), 422)
    told = {"form_id": form_id, "text": "Tanpa masker", "photo": jpeg()}
    sent = client.post(url, told)
    row = Complaint.objects.get()
    joko = as_staff(cast.staff("joko", Role.BABINSA, HERE))
    assert "Homestay Melati" in words(joko.get("/staff/protocols/complaints/"))
    desk = f"/staff/protocols/complaints/{row.pk}/"
    assert joko.get(f"/staff/protocols/photos/{row.photo_id}/").status_code == 200
    assert "Tulis jawaban" in words(joko.post(desk, {}), 422)
    joko.post(desk, {"answer": "Kami periksa besok.", "inspects": "on"})
    assert "Kami periksa besok." in words(joko.get(desk))
    read = words(client.get(sent["Location"]))
    assert "Kami periksa besok." in read
    assert "Pemeriksaan ulang" in read


def test_who_runs_a_place_is_told_so(client: Client) -> None:
    place = a_place(run_by="joko")
    joko = as_staff(cast.staff("joko", Role.BABINSA, HERE))
    assert "Anda mengelola tempat ini" in words(
        joko.get(f"/staff/protocols/{place.pk}/")
    )
    url = f"/staff/protocols/{place.pk}/inspect/"
    assert "Anda mengelola" in words(joko.post(url, visit_of(joko.get(url))), 409)


def test_a_suspension_is_decided_and_lifted_by_others() -> None:
    place = a_place()
    joko = babinsa()
    a_visit(place, by=joko, at=now())
    a_visit(place, "mask", by=joko, at=now())
    endang = as_staff(cast.camat())
    held = place.suspensions.get()
    url = f"/staff/protocols/suspensions/{held.pk}/"
    assert "Semua memakai masker" in words(endang.get(url))
    assert "Tulis alasannya" in words(endang.post(url, {"answer": "yes"}), 422)
    endang.post(url, {"answer": "yes", "reason": "Tanpa masker"})
    assert endang.get(url).status_code == 302
    page = words(endang.post(f"{url}lift/", follow=True))
    assert "belum lulus" in page
    a_visit(place, by=joko, at=now())
    assert "sertifikat baru" in words(endang.post(f"{url}lift/", follow=True))
    again = f"/staff/protocols/{place.pk}/suspend/"
    endang.post(again, {"reason": "Aduan"})
    assert "sudah ditangguhkan" in words(endang.post(again, {"reason": "x"}), 409)


def test_a_village_enters_closes_and_calls() -> None:
    sari = as_staff(cast.sari())
    page = sari.get("/staff/protocols/add/")
    assert "Ketik nama" in words(
        sari.post("/staff/protocols/add/", {"form_id": hidden(page, "form_id")}), 422
    )
    told = {
        "form_id": hidden(page, "form_id"),
        "region_code": RT_HERE,
        "kind": "market",
        "name": "Pasar Sumberwangi",
        "address": "Jalan Raya",
        "capacity": "200",
        "contact_name": "Made",
        "contact_phone": "0812 3456 7890",
        "position": "-8.2112, 114.3671",
    }
    assert re.search(
        r"(\w{4}-){2}\w{4}", words(sari.post("/staff/protocols/add/", told))
    )
    place = Place.objects.get()
    here = f"/staff/protocols/{place.pk}/"
    assert "81234567890" not in words(sari.get(here))
    assert "6281234567890" in words(sari.post(f"{here}phone/"))
    listed = words(sari.get("/staff/protocols/?kind=market&standing=none"))
    assert "Pasar Sumberwangi" in listed
    assert "Pasar Sumberwangi" not in words(sari.get("/staff/protocols/?state=closed"))
    assert "Tulis alasannya" in words(sari.post(f"{here}close/", {}), 422)
    sari.post(f"{here}close/", {"reason": "Pindah"})
    assert "Pindah" in words(sari.get(here))
    assert "tidak ada di daftar" in words(
        sari.post(f"{here}close/", {"reason": "x"}), 409
    )


def test_next_door_finds_nothing() -> None:
    place = a_place()
    budi = as_staff(cast.budi())
    for path in ("", "certificate.pdf"):
        assert budi.get(f"/staff/protocols/{place.pk}/{path}").status_code == 404


def test_the_office_writes_a_protocol_and_another_confirms_it() -> None:
    nia = as_staff(cast.staff("nia", Role.DINKES, cast.REGENCY))
    url = "/staff/protocols/lists/homestay/write/"
    page = nia.get(url)
    assert "linen | 2 | wajib" in page.content.decode()
    told = {
        "since": (today() + timedelta(days=365)).isoformat(),
        "legal_reference": "Perbup 1",
        "needed": "80",
        "months": "3",
        "items": "mask | 3 | wajib | Masker | Masks\nair 2",
    }
    assert "Baris 2" in words(nia.post(url, told), 422)
    told["items"] = "mask | 3 | mungkin | Masker | Masks"
    assert "bagian ketiga" in words(nia.post(url, told), 422)
    told["items"] = "mask | 3 | tidak | Masker | Masks"
    assert "tanpa kecuali" in words(nia.post(url, told), 409)
    told["items"] = "mask | 3 | wajib | Masker | Masks"
    waits = words(nia.post(url, told, follow=True))
    assert "Perbup 1" in waits
    assert "belum berlaku: menunggu pemastian" in waits
    assert nia.get("/staff/protocols/lists/office_of/write/").status_code == 404
    from_events = nia.get("/staff/protocols/lists/event/write/").content.decode()
    assert 'value="50"' in from_events
    dinkes()
    newest = ProtocolVersion.objects.latest("pk").pk
    confirm = f"/staff/protocols/lists/{newest}/confirm/"
    assert "bukan penulisnya" in words(nia.post(confirm, follow=True))
    hadi = as_staff(Staff.objects.get(username="hadi"))
    holds = words(hadi.post(confirm, follow=True))
    assert "atas nama Anda" in holds
    assert "belum berlaku" not in holds


EVENT = [
    {"kind": "wedding"},
    {"kecamatan": KECAMATAN},
    {"village": HERE},
    {"rt": RT_HERE},
    {"name": "Pernikahan Made", "address": "Balai RT 007"},
]


def event_screens() -> list[dict[str, str]]:
    on = today().replace(day=1)
    on = on.replace(year=on.year + (on.month > 10), month=(on.month + 1) % 12 + 1)
    day = {"on_day": "1", "on_month": str(on.month), "on_year": str(on.year)}
    return [
        *EVENT,
        day,
        {"people": "40"},
        {"organiser": "Wayan", "phone": "0812 3456 7890"},
    ]


def test_an_event_that_the_phase_forbids_hears_it_before_it_is_sent(
    client: Client,
) -> None:
    in_phase("emergency")
    review = walk(client, "/protocols/event/", event_screens())
    assert "acara seperti ini ditutup" in words(review)
    sent = client.post("/protocols/event/send/", {"form": hidden(review, "form")})
    assert "acara seperti ini ditutup" in words(sent, 409)


def test_a_day_too_soon_is_told_with_the_earliest_day_at_once(client: Client) -> None:
    in_phase("recovery")
    soon = today() + timedelta(days=1)
    day = {"on_day": str(soon.day), "on_month": str(soon.month), "on_year": soon.year}
    page = walk(client, "/protocols/event/", [*EVENT, day])
    assert "paling lambat 7 hari sebelumnya" in words(page, 422)
    assert long_day(today() + timedelta(days=7)) in words(page, 422)


def test_too_many_guests_hear_how_many_may_come(client: Client) -> None:
    in_phase("recovery")
    all_told(today() - timedelta(days=8), 9)
    screens = event_screens()
    screens[-2] = {"people": "400"}
    review = words(walk(client, "/protocols/event/", screens))
    assert "paling banyak 50 orang" in review
    assert "Zona RT ini belum" not in review


def test_an_organiser_reads_on_the_review_that_the_zone_is_unknown(
    client: Client,
) -> None:
    in_phase("recovery")
    review = words(walk(client, "/protocols/event/", event_screens()))
    assert "Zona RT ini belum dapat diputuskan. Anda boleh memohon" in review


def test_a_wedding_is_asked_for_allowed_and_its_letter_verified(client: Client) -> None:
    in_phase("recovery")
    all_told(today() - timedelta(days=8), 9)
    review = walk(client, "/protocols/event/", event_screens())
    assert "ditutup" not in words(review)
    sent = client.post("/protocols/event/send/", {"form": hidden(review, "form")})
    mine = sent["Location"]
    assert client.get(f"{mine}letter.pdf").status_code == 404
    tono = as_staff(cast.staff("tono", Role.VILLAGE_HEAD, HERE))
    assert "Pernikahan Made" in words(tono.get("/staff/protocols/events/"))
    assert "Pernikahan" not in words(tono.get("/staff/protocols/events/?state=refused"))
    pk = WorkItem.objects.get(kind="places.event").target.rpartition(":")[2]
    desk = f"/staff/protocols/events/{pk}/"
    assert "hari ini mengizinkannya" in words(tono.get(desk))
    assert "6281234567890" in words(tono.post(f"{desk}phone/"))
    assert "Tulis alasannya" in words(tono.post(desk, {"answer": "refuse"}), 409)
    tono.post(desk, {"answer": "allow"})
    assert "diizinkan" in words(client.get(mine))
    assert client.get(f"{mine}letter.pdf").content[:4] == b"%PDF"
    tono.post(desk, {"answer": "withdraw", "reason": "Fase turun"})
    assert "Fase turun" in words(client.get(mine))


def test_an_organiser_calls_it_off(client: Client) -> None:
    in_phase("recovery")
    review = walk(client, "/protocols/event/", event_screens())
    sent = client.post("/protocols/event/send/", {"form": hidden(review, "form")})
    assert "dibatalkan" in words(client.post(sent["Location"], follow=True))
    assert "memang tidak akan" in words(client.post(sent["Location"], follow=True))


def test_one_box_takes_every_code(client: Client) -> None:
    _place, code = a_place_with_code()
    assert client.post("/protocols/code/", {"code": code})["Location"].endswith(
        f"/protocols/my/{code}/"
    )
    assert "tidak mengenal" in words(
        client.post("/protocols/code/", {"code": "K7QF-2M9X-TB4C"}), 422
    )
