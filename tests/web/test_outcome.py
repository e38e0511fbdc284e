"""Wayan's family reads its decision, and objects; nobody else can."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.aid.models import Batch, Claim, Entitlement
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.words import REASONS
from smartkampung.audit.models import Access
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.residents.models import Family
from tests.cases import FOOD, NOW, Desk
from tests.reporting import STRANGER_NIK
from tests.web.outcomes import (
    approved,
    ask,
    enter,
    open_desk,
    refused,
    reported,
    sent_code,
)
from tests.web.reportform import body

pytestmark = pytest.mark.django_db
SENT = "sebuah kode sedang dikirim"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk() -> Desk:
    return open_desk()


def test_a_refusal_shows_every_reason_and_how_to_object(
    client: Client, desk: Desk
) -> None:
    note = "Rumah kosong sejak lama."
    where = refused(desk, Reason.OTHER, Reason.NOT_FOUND_AT_ADDRESS, note=note)
    page = body(enter(client, where))
    assert str(REASONS[Reason.NOT_FOUND_AT_ADDRESS]) in page
    assert note in page
    assert "24 Desember 2026" in page
    assert 'name="text"' in page


def test_an_approval_shows_programme_day_and_place_once_announced(
    client: Client, desk: Desk
) -> None:
    where = approved(desk)
    page = body(enter(client, where))
    assert "Paket sembako APBD" in page
    assert "belum ditetapkan" in page
    act_as(Kind.JOB)
    batch = Batch.objects.create(
        programme_id=FOOD,
        kecamatan_code="35.10.09",
        stage=1,
        hand_over_on=date(2026, 11, 28),
        place="Balai desa Sumberwangi",
        state=Batch.State.DRAFT,
        prepared_by_id=desk.endang.staff_id,
        prepared_at=NOW,
    )
    Entitlement.objects.update(batch=batch)
    assert "Balai desa" not in body(client.get(f"{where}outcome/"))
    Batch.objects.update(state=Batch.State.READY)
    page = body(client.get(f"{where}outcome/"))
    assert "Balai desa Sumberwangi" in page
    assert "Sabtu, 28 November 2026" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("handed_over", "sudah diserahkan"), ("returned", "dikembalikan")],
)
def test_the_end_is_told(client: Client, desk: Desk, state: str, words: str) -> None:
    where = approved(desk)
    act_as(Kind.JOB)
    Claim.objects.update(state=state, closed_at=NOW)
    assert words in body(enter(client, where))


def test_the_timeline_never_tells_the_outcome(client: Client, desk: Desk) -> None:
    yes = body(client.get(approved(desk)))
    act_as(Kind.JOB)
    Claim.objects.update(closed_at=NOW)
    no = body(client.get(refused(desk)))
    code = re.compile(r"(\w{4}-){2}\w{4}|csrfmiddlewaretoken\" value=\"\w+")
    assert code.sub("", yes) == code.sub("", no)
    assert FOOD not in yes


def test_before_a_decision_there_is_no_code_to_ask_for(
    client: Client, desk: Desk
) -> None:
    where, _claim = reported()
    page = client.get(f"{where}outcome/")
    assert "Belum ada keputusan" in body(page)
    assert client.post(f"{where}outcome/code/").status_code == 404


def test_with_or_without_a_phone_the_answer_is_the_same(
    client: Client, desk: Desk
) -> None:
    where = refused(desk)
    with_phone = body(ask(client, where))
    Family.objects.update(phone=None, phone_index=None)
    without = body(ask(Client(), where))
    token = re.compile(r'csrfmiddlewaretoken" value="\w+')
    assert token.sub("", with_phone) == token.sub("", without)
    assert SENT in without
    assert Message.objects.filter(template="code").count() == 1


def test_a_person_nobody_knows_gets_the_same_answer_and_no_code(
    client: Client, desk: Desk
) -> None:
    where = refused(desk, nik=STRANGER_NIK)
    assert SENT in body(ask(client, where))
    assert not Message.objects.filter(template="code").exists()


def test_the_code_goes_to_the_family_and_not_to_the_reporter(
    client: Client, desk: Desk
) -> None:
    ask(client, refused(desk))
    message = Message.objects.get(template="code")
    assert message.address.open() == Family.objects.get().phone.open()


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("", "Ketik enam angka"),
        ("12345", "enam angka"),
        ("12345a", "enam angka"),
        ("١٢٣٤٥٦", "enam angka"),
        ("1" * 30, "20"),
    ],
    ids=["nothing", "five", "a letter", "other digits", "thirty"],
)
def test_what_is_no_code_is_said(
    client: Client, desk: Desk, digits: str, words: str
) -> None:
    where = refused(desk)
    answer = client.post(f"{where}outcome/", {"digits": digits})
    assert answer.status_code == 422
    assert words in body(answer)


def test_a_wrong_code_opens_nothing_and_five_end_it(client: Client, desk: Desk) -> None:
    where = refused(desk)
    ask(client, where)
    right = sent_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _try in range(5):
        answer = client.post(f"{where}outcome/", {"digits": wrong})
        assert answer.status_code == 422
        assert "salah atau sudah tidak berlaku" in body(answer)
    answer = client.post(f"{where}outcome/", {"digits": right})
    assert answer.status_code == 422
    assert "Alasan" not in body(client.get(f"{where}outcome/"))


def test_three_codes_an_hour_are_enough(client: Client, desk: Desk) -> None:
    where = refused(desk)
    for _time in range(3):
        ask(client, where)
    answer = client.post(f"{where}outcome/code/")
    assert answer.status_code == 429
    assert "tunggu satu jam" in body(answer)


def test_more_reports_of_one_person_are_not_more_guesses(
    client: Client, desk: Desk
) -> None:
    doors = [reported()[0] for _report in range(4)]
    doors.append(refused(desk))
    answers = [
        client.post(f"{where}outcome/code/").status_code
        for where in doors
        for _time in range(3)
    ]
    assert answers == [302] * 12 + [429] * 3


def test_another_browser_sees_nothing_of_an_opened_decision(
    client: Client, desk: Desk
) -> None:
    where = refused(desk)
    opened = body(enter(client, where))
    assert "tidak disetujui" in opened
    assert "tidak disetujui" not in body(Client().get(f"{where}outcome/"))


def test_the_proof_of_one_report_opens_no_other(client: Client, desk: Desk) -> None:
    mine = refused(desk)
    other = refused(desk, nik=STRANGER_NIK)
    enter(client, mine)
    client.cookies["proof"]["path"] = other
    assert "tidak disetujui" not in body(client.get(f"{other}outcome/"))


def test_the_decision_closes_by_itself_and_by_hand(client: Client, desk: Desk) -> None:
    where = refused(desk)
    enter(client, where)
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        assert "tidak disetujui" not in body(client.get(f"{where}outcome/"))
    client.post(f"{where}outcome/close/")
    assert "tidak disetujui" not in body(client.get(f"{where}outcome/"))


def test_reading_the_decision_is_written_down(client: Client, desk: Desk) -> None:
    enter(client, refused(desk))
    look = Access.objects.get(purpose="aid.outcome")
    assert (look.by, look.role) == ("family", "family")


@pytest.mark.parametrize("path", ["", "slip/", "outcome/"])
def test_a_code_nobody_holds_is_a_page_that_does_not_exist(
    client: Client, path: str
) -> None:
    assert client.get(f"/t/0000-0000-0000/{path}").status_code == 404
    assert client.get(f"/t/not-a-code/{path}").status_code == 404
