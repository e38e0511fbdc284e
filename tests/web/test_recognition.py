"""Residents say thank you; offices read it; a village is named; a month is printed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.frontline.recognition.actions.thanking import thank
from smartkampung.frontline.recognition.models import Named, Thanks, Week
from smartkampung.frontline.recognition.queries.cases import Helped
from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.frontline.recognition.rules.week import monday_of
from smartkampung.intake.actions.cases import open_case
from smartkampung.intake.models import TrackedCase
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import now, telling, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cases import NOW
from tests.cast import HERE, RT_HERE, places
from tests.isolating import a_reservation, a_stay
from tests.thanking import handed_over, served

pytestmark = pytest.mark.django_db


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def thanked(said: str = "Ramah sekali", village: str = HERE, number: int = 1) -> Thanks:
    helped = Helped(f"booking:{number}", Service.COUNTER, village, frozenset())
    return thank(helped=helped, sentence=Sentence.OWN, words=said, at=now())


def test_wayan_says_thank_you_once_from_the_page_of_the_report(client: Client) -> None:
    with telling(NOW):
        code = handed_over()
        page = f"/thanks/{code}/"
        assert page in client.get(f"/t/{code}/").content.decode()
        shown = words(client.get(page))
        assert "Sumberwangi" in shown
        assert "Wayan" not in shown
        own = {"sentence": "own", "words": "Terima kasih Bu Sari"}
        assert "tanpa nama orang" in words(client.post(page, own), 409)
        assert words(client.post(page, {"sentence": ""}), 422)
        assert client.post(page, {"sentence": "kind"}).status_code == 302
        assert "sudah sampai" in words(client.get(page))
        client.post(page, {"sentence": "quick"})
    assert Thanks.objects.get().sentence == "kind"


def test_the_page_of_a_served_booking_leads_there(client: Client) -> None:
    code = served()
    with telling(NOW):
        assert f"/thanks/{code}/" in client.get(f"/counters/b/{code}/").content.decode()
        assert client.get(f"/thanks/{code}/").status_code == 200


def test_a_code_that_opens_nothing_is_no_page(client: Client) -> None:
    assert client.get("/thanks/K7QF-2M9X-TB4C/").status_code == 404


def test_the_offices_of_the_village_read_it_and_next_door_does_not() -> None:
    thanked()
    sari = cast.sign_in(Client(), cast.sari())
    budi = cast.sign_in(Client(), cast.budi())
    head = cast.sign_in(Client(), cast.staff("putu", Role.RT_HEAD, RT_HERE))
    assert "Ramah sekali" in words(sari.get("/staff/recognition/"))
    assert "Ramah sekali" in words(head.get("/staff/recognition/"))
    assert "Belum ada" in words(budi.get("/staff/recognition/"))


def test_everybody_sees_whom_the_week_names_and_why(client: Client) -> None:
    places()
    assert "Belum ada pekan" in words(client.get("/thanks/"))
    monday = monday_of(today()) - timedelta(days=7)
    for week, way in ((monday - timedelta(days=7), "share"), (monday, "growth")):
        row = Week.objects.create(
            monday=week, area="aid", way=way, compared=2, decided_at=now()
        )
        Named.objects.create(
            week=row,
            village_id=HERE,
            due=20,
            in_time=19,
            due_before=40,
            in_time_before=30,
        )
    shown = words(client.get("/thanks/"))
    assert "Sumberwangi" in shown
    assert "Tepat waktu: sebagian besar. Empat minggu sebelumnya: 75%." in shown
    assert "19 dari 20" not in shown, "one late would be seen"
    assert "Karangjati" not in shown


def test_a_week_without_a_village_is_said_kindly(client: Client) -> None:
    Week.objects.create(
        monday=monday_of(today()),
        area="data",
        way="share",
        compared=0,
        decided_at=now(),
    )
    assert "tidak ada desa yang disebut" in words(client.get("/thanks/"))


def closed(by: str, when: date, count: int = 2) -> None:
    at = now().replace(year=when.year, month=when.month, day=when.day)
    WorkItem.objects.bulk_create(
        WorkItem(
            kind="aid.field_check",
            target=f"aid.claim:{when:%y%m%d}{number}",
            permission="aid.field_check",
            region_code=RT_HERE,
            opened_at=at,
            due_at=at,
            closed_at=at,
            closed_by=by,
        )
        for number in range(count)
    )


def test_putu_sees_and_prints_the_month(client: Client) -> None:
    putu = cast.sign_in(client, cast.staff("putu", Role.RT_HEAD, RT_HERE, name="Putu"))
    before = today().replace(day=1) - timedelta(days=1)
    closed("putu", today())
    closed("putu", before, count=7)
    closed("sari", before, count=5)
    thanked()
    now_ = words(putu.get("/staff/recognition/month/"))
    assert "Kunjungi keluarga" in now_
    assert "Ramah sekali" in now_
    then = words(putu.get(f"/staff/recognition/month/?month={before:%Y-%m}"))
    assert "7 pekerjaan selesai" in then
    assert "Belum ada ucapan terima kasih bulan ini" in then
    sheet = putu.get(f"/staff/recognition/month/month.pdf?month={before:%Y-%m}")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")


@pytest.mark.parametrize("month", ["2026-13", "x", "", "9999-01"])
def test_a_month_that_is_none_is_this_one(client: Client, month: str) -> None:
    putu = cast.sign_in(client, cast.staff("putu", Role.RT_HEAD, RT_HERE))
    shown = putu.get("/staff/recognition/month/", {"month": month})
    assert f'value="{today():%Y-%m}" selected' in shown.content.decode()


@pytest.mark.parametrize(
    ("good", "due", "said"),
    [
        (9, 10, "sebagian besar"),
        (12, 12, "100%"),
        (35, 40, "87%"),
        (995, 1_000, "99%"),
        (6, 10, "sebagian besar"),
    ],
)
def test_no_share_tells_of_few(client: Client, good: int, due: int, said: str) -> None:
    places()
    monday = monday_of(today()) - timedelta(days=7)
    row = Week.objects.create(
        monday=monday, area="isolation", way="share", compared=1, decided_at=now()
    )
    numbers = {"due": due, "in_time": good, "due_before": 0, "in_time_before": 0}
    Named.objects.create(week=row, village_id=HERE, **numbers)
    assert f"Tepat waktu: {said}." in words(client.get("/thanks/"))


def test_who_was_let_go_chooses_a_sentence(client: Client) -> None:
    code = open_case(
        kind="isolation",
        region_code=RT_HERE,
        first_step="received",
        due_on=None,
        at=now(),
    )
    act_as(Kind.JOB)
    kept = TrackedCase.objects.get()
    reservation = a_reservation(
        state="ended", code_hash=bytes(kept.code_hash), region_code=RT_HERE
    )
    a_stay(reservation, state=StayState.RELEASED, name="Komang Ari")
    page = f"/thanks/{code}/"
    shown = client.get(page).content.decode()
    assert 'value="own"' not in shown
    assert 'name="words"' not in shown
    assert client.post(page, {"sentence": "own", "words": "Sembuh"}).status_code == 422
    assert client.post(page, {"sentence": "clear"}).status_code == 302
