"""Putu, head of an RT, calls back who asked by text; and the phone of the demo."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.frontline.texting import simulator
from smartkampung.frontline.texting.models import Assist, FullDay
from smartkampung.intake.actions.cases import open_case
from smartkampung.kernel.clock import now
from tests import cast
from tests.reporting import FAMILY_PHONE, WAYAN_NIK, wayan
from tests.texting import assist_of, post, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assist:
    wayan()
    for said in ("surat", "2", "Sumberwangi"):
        write(said, at=now())
    return assist_of()


@pytest.fixture
def putu(client: Client) -> Client:
    return cast.sign_in(client, cast.staff("putu", Role.RT_HEAD, cast.RT_HERE))


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_board_leads_to_the_page_and_closing_takes_it_off(
    putu: Client, asked: Assist
) -> None:
    page = f"/staff/texts/{asked.pk}/"
    assert page in putu.get("/staff/").content.decode()
    shown = words(putu.get(page))
    assert "Wayan Sudarma" in shown
    assert FAMILY_PHONE not in shown
    assert words(putu.post(page), 422).count("Apa hasilnya?") > 0
    assert putu.post(page, {"outcome": "helped"}).status_code == 302
    assert page not in putu.get("/staff/").content.decode()
    assert "sudah dibantu" in words(putu.get("/staff/texts/"))
    assert "Baru saja" in words(putu.post(page, {"outcome": "helped"}), 409)


def test_the_number_is_shown_to_call_and_the_look_written_down(
    putu: Client, asked: Assist
) -> None:
    shown = putu.post(f"/staff/texts/{asked.pk}/phone/").content.decode()
    assert f'href="tel:{FAMILY_PHONE}"' in shown
    assert Event.objects.filter(name="texting.phone_read", by="putu").exists()


def test_who_was_not_reached_is_called_again_until_the_day(
    putu: Client, asked: Assist
) -> None:
    page = f"/staff/texts/{asked.pk}/"
    missed = {"outcome": "not_reached"}
    assert "Tampilkan dulu nomornya" in words(putu.post(page, missed), 409)
    putu.post(f"{page}phone/")
    answer = putu.post(page, missed, follow=True)
    assert "Coba lagi sampai" in words(answer)
    assert page in putu.get("/staff/").content.decode()


def test_the_village_office_has_what_was_passed_on(putu: Client, asked: Assist) -> None:
    putu.post(f"/staff/texts/{asked.pk}/pass-on/")
    assert putu.get(f"/staff/texts/{asked.pk}/").status_code == 404
    sari = cast.sign_in(Client(), cast.sari())
    assert "Sumberwangi" in words(sari.get("/staff/texts/"))
    assert "sudah ada di kantor desa" in words(
        sari.post(f"/staff/texts/{asked.pk}/pass-on/"), 409
    )


def test_what_people_write_is_drawn_with_its_table(putu: Client) -> None:
    assert "Tidak ada yang menunggu" in words(putu.get("/staff/texts/"))
    for number in range(6):
        write("?", at=now(), phone=f"+62813000000{number}")
    assert "BANTUAN: menu 6" in words(putu.get("/staff/texts/"))


def test_the_demo_phone_really_posts_with_a_signature(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO, settings.MESSAGES_SECRET = True, "only-here"

    class Line:
        def request(
            self, method: str, path: str, body: bytes, headers: dict[str, str]
        ) -> None:
            self.answer = client.generic(
                method, path, body, "application/json", headers=headers
            )

        def getresponse(self) -> "Line":
            self.status = self.answer.status_code
            return self

        def read(self) -> bytes:
            return self.answer.content

        def close(self) -> None:
            pass

    monkeypatch.setattr(simulator, "_line", Line)
    phone = "+6284999000000"
    shown = words(client.post("/demo/texts/", {"phone": phone, "text": WAYAN_NIK}))
    assert "jangan pernah mengirim NIK" in shown
    settings.MESSAGES_SECRET = ""
    refused = words(client.post("/demo/texts/", {"phone": phone, "text": "LAPOR"}))
    assert "Pesan tidak sampai: 401" in refused


def test_there_is_no_such_phone_outside_the_demo(client: Client) -> None:
    assert client.get("/demo/texts/").status_code == 404


def test_a_hit_and_a_miss_are_answered_alike(
    client: Client, settings: Settings
) -> None:
    settings.MESSAGES_SECRET = "only-here"
    wayan()
    states = [
        post(client, {"id": f"n{at}", "from": phone, "text": "lapor"}).json()["state"]
        for at, phone in enumerate((FAMILY_PHONE, "085711112222"))
    ]
    assert states == ["answered", "answered"]


def test_a_day_without_answers_left_is_looked_into(
    client: Client, settings: Settings
) -> None:
    settings.TEXT_ANSWERS_A_DAY = 2
    wayan()
    for number in range(4):
        write("?", at=now(), phone=f"+62857000{number:05}")
    nyoman = cast.sign_in(client, cast.staff("nyoman", Role.SYSTEM_ADMIN, cast.REGENCY))
    page = f"/staff/texts/full/{FullDay.objects.get().pk}/"
    assert page in nyoman.get("/staff/").content.decode()
    shown = words(nyoman.get(page))
    assert "4 pesan masuk hari itu" in shown
    assert "2 di antaranya tidak dijawab" in shown
    assert "+62" not in shown
    assert "Sudah dicatat" in words(nyoman.post(page, follow=True))
    assert page not in nyoman.get("/staff/").content.decode()


@pytest.mark.parametrize(
    ("kind", "door"),
    [
        ("affected.registration", "/affected/"),
        ("places.event", "/protocols/e/"),
        ("places.place", "/protocols/my/"),
        ("places.complaint", "/protocols/c/"),
        ("recovery", "/r/"),
    ],
)
def test_the_one_door_of_codes_leads_to_each_page(
    client: Client, kind: str, door: str
) -> None:
    code = open_case(
        kind=kind,
        region_code=cast.RT_HERE,
        first_step="received",
        due_on=None,
        at=now(),
    )
    answer = client.get(f"/t/{code}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{door}{code}/")
