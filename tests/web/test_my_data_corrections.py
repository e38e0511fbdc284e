"""Wayan asks for corrections, follows their clock, and learns nothing about others."""

import io
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from smartkampung.accounts.roles import Role
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.actions.corrections import (
    CannotAsk,
    decide_correction,
    request_correction,
)
from smartkampung.residents.models import Correction, Person
from smartkampung.residents.rules.corrections import RESIDENT, Bar, Field
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cases import NOW
from tests.owndata import HOME, Page, body, enter
from tests.population import HERE, actor, family, person, wayan

pytestmark = pytest.mark.django_db
PLACE = "/my-data/corrections/"
WHY = "Begitu tertulis di akta kelahiran."
GEDE_NIK, GEDE_KK = "3510092006790004", "3510090505120004"
FREE_NIK = "3510092006790009"
HEAD_OF_VILLAGE = actor(Role.VILLAGE_HEAD, HERE, username="kades")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def me() -> Person:
    cast.places()
    return wayan()


@pytest.fixture
def client(client: Client, me: Person) -> Client:
    enter(client)
    return client


def picture() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return SimpleUploadedFile("akta.jpg", made.getvalue(), "image/jpeg")


def url(who: Person, field: str) -> str:
    return f"{PLACE}{who.pk}/{field}/"


def wish(client: Client, who: Person, field: str, wanted: str, **more: Any) -> Page:
    data = {"form_id": str(uuid.uuid4()), "wanted": wanted, "explanation": WHY, **more}
    return client.post(url(who, field), data, follow=True)


def test_choosing_whose_and_what_leads_to_the_form(client: Client, me: Person) -> None:
    page = client.get(PLACE, {"person": str(me.pk), "field": "birth_place"})
    assert page["Location"] == url(me, "birth_place")
    assert "Tempat lahir" in body(client.get(page["Location"]))


def test_choosing_nothing_is_said(client: Client) -> None:
    page = client.get(PLACE, {"person": "", "field": ""})
    assert page.status_code == 422
    assert "Pilih salah satu" in body(page)


def test_a_wish_waits_for_the_village_with_its_clock(
    client: Client, me: Person
) -> None:
    page = body(wish(client, me, "birth_place", "Genteng"))
    assert "Jumat, 27 November 2026, 09.00 WIB" in page
    made = Correction.objects.get()
    assert (made.asked_by, made.wanted, made.state) == (RESIDENT, "Genteng", "waiting")
    assert WorkItem.objects.get(closed_at=None).kind == "residents.correction"
    assert "Desa memutuskan" in body(client.get(HOME))


@pytest.mark.parametrize(
    ("accepted", "reason", "words"),
    [
        (True, "", "Sudah diperbaiki"),
        (False, "Akta yang dikirim milik orang lain.", "milik orang lain"),
    ],
)
def test_the_answer_stands_there(
    client: Client, me: Person, accepted: bool, reason: str, words: str
) -> None:
    wish(client, me, "birth_place", "Genteng")
    act_as(Kind.JOB)
    decide_correction(
        wish=Correction.objects.get(),
        accepted=accepted,
        reason=reason,
        by=HEAD_OF_VILLAGE,
        at=NOW,
    )
    for page in (HOME, PLACE):
        assert words in body(client.get(page))
    assert ("Genteng" in body(client.get(HOME))) == accepted


def test_for_who_somebody_is_a_photo_is_needed(client: Client, me: Person) -> None:
    refused = wish(client, me, "name", "I Wayan Sudarsana")
    assert refused.status_code == 422
    assert "Sertakan foto dokumen" in body(refused)
    assert 'value="I Wayan Sudarsana"' in body(refused)
    wish(client, me, "name", "I Wayan Sudarsana", photo=picture())
    assert Correction.objects.get().evidence is not None


def test_what_is_no_photo_is_said(client: Client, me: Person) -> None:
    virus = SimpleUploadedFile("akta.jpg", b"MZ not a picture", "image/jpeg")
    page = wish(client, me, "name", "I Wayan Sudarsana", photo=virus)
    assert page.status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("field", "wanted", "words"),
    [
        ("birth_place", "", "Tulis isi"),
        ("birth_place", "12", "huruf"),
        ("born_on", "31-02-1990", "tanggal"),
        ("religion", "99", "Pilih salah satu"),
        ("phone", "12345", "telepon"),
        ("nik", "3510", "16 angka"),
        ("birth_place", f"Rumah {FREE_NIK}", "Jangan"),
    ],
)
def test_what_cannot_be_is_said(
    client: Client, me: Person, field: str, wanted: str, words: str
) -> None:
    page = wish(client, me, field, wanted, photo=picture())
    assert page.status_code in {409, 422}
    assert words in body(page)
    assert not Correction.objects.exists()


def test_the_same_form_twice_is_one_wish(client: Client, me: Person) -> None:
    form = str(uuid.uuid4())
    for _twice in range(2):
        answer = wish(client, me, "birth_place", "Genteng", form_id=form)
        assert answer.status_code == 200
    assert Correction.objects.count() == 1


def test_a_second_wish_for_one_field_waits(client: Client, me: Person) -> None:
    wish(client, me, "birth_place", "Genteng")
    assert wish(client, me, "birth_place", "Muncar").status_code == 409


def test_a_number_shows_its_mask_only(client: Client, me: Person) -> None:
    page = body(client.get(url(me, "phone")))
    assert "•" in page
    wish(client, me, "phone", "0812 9999 8888")
    assert "99998888" not in body(client.get(HOME)) + body(client.get(PLACE))


@pytest.mark.parametrize("field", ["relation", "region_code", "status", "x"])
def test_what_one_cannot_ask_for_does_not_exist(
    client: Client, me: Person, field: str
) -> None:
    assert client.get(url(me, field)).status_code == 404


def test_nobody_asks_about_another_family(client: Client) -> None:
    gede = person("I Gede Arta", GEDE_NIK, household=family(GEDE_KK))
    assert client.get(url(gede, "name")).status_code == 404
    assert wish(client, gede, "birth_place", "Genteng").status_code == 404
    page = client.get(PLACE, {"person": str(gede.pk), "field": "name"})
    assert page.status_code == 422
    assert "Gede" not in body(page)


class TestNumbersOfOthers:
    """A family that is in must not find out which NIKs and family cards exist."""

    @pytest.fixture(autouse=True)
    def _gede(self) -> None:
        person("I Gede Arta", GEDE_NIK, household=family(GEDE_KK, phone=None))

    @pytest.mark.parametrize(
        ("field", "taken", "free"),
        [("nik", GEDE_NIK, FREE_NIK), ("kk", GEDE_KK, "3510090505120009")],
    )
    def test_taken_and_free_numbers_get_one_answer_by_the_same_steps(
        self, client: Client, me: Person, field: str, taken: str, free: str
    ) -> None:
        answers, steps = [], []
        for number in (taken, free):
            Correction.objects.all().delete()
            WorkItem.objects.all().delete()
            with CaptureQueriesContext(connection) as captured:
                page = wish(client, me, field, number, photo=picture())
            steps.append(len(captured))
            answers.append((page.status_code, page.redirect_chain))
        assert answers[0] == answers[1] == (200, [(PLACE, 302)])
        assert steps[0] == steps[1]

    def test_officers_are_told_at_once(self, me: Person) -> None:
        with pytest.raises(CannotAsk) as refusal:
            request_correction(
                form_id=uuid.uuid4(),
                person=me,
                field=Field.KK,
                wanted=GEDE_KK,
                explanation=WHY,
                by="sari",
                at=NOW,
            )
        assert Bar.CARD_TAKEN in refusal.value.bars
