"""Sari reports for somebody at her desk; Dinsos opens and closes the rounds."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Report, ReportingPhase
from smartkampung.intake.models import Upload
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.cast import HERE, NEXT_DOOR, REGENCY, RT_HERE
from tests.reporting import NOON, WAYAN_KK, WAYAN_NIK
from tests.web.reportform import Page, body
from tests.web.test_report_inputs import jpeg

pytestmark = pytest.mark.django_db
ASSIST, PHASES = "/staff/aid/assist/", "/staff/aid/phases/"
GOOD = {
    "nik": WAYAN_NIK,
    "kk": WAYAN_KK,
    "born_on_day": "17",
    "born_on_month": "8",
    "born_on_year": "1990",
    "phone": "",
    "region_code": RT_HERE,
    "reason": "never_received",
    "story": "",
}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.sign_in(client, cast.sari())


@pytest.fixture
def dinsos(client: Client) -> Client:
    return cast.sign_in(client, cast.staff("rini", Role.DINSOS, REGENCY))


def form_id(page: Page) -> str:
    found = re.search(r'name="form_id" value="([^"]+)"', body(page))
    assert found
    return found[1]


def assist(client: Client, page: Page | None = None, **changes: Any) -> Page:
    page = page or client.get(ASSIST)
    return client.post(ASSIST, {**GOOD, "form_id": form_id(page), **changes})


def only_report() -> Report:
    act_as(Kind.JOB)
    return Report.objects.get()


def test_an_assisted_report_is_taken_while_the_door_is_closed(desk: Client) -> None:
    answer = assist(desk)
    assert answer.status_code == 302
    assert "<svg" in body(desk.get(answer["Location"]))
    report = only_report()
    assert (report.channel, report.assisted_by) == ("assisted", "sari")


def test_pressing_twice_is_one_report_with_one_photo(
    desk: Client, settings: LazySettings, tmp_path: Any
) -> None:
    settings.UPLOADS = tmp_path
    page = desk.get(ASSIST)
    places = [
        assist(desk, page, photo=SimpleUploadedFile("a.jpg", jpeg()))["Location"]
        for _time in range(2)
    ]
    assert places[0] == places[1]
    assert only_report().photo == Upload.objects.get()


def test_a_sent_photo_is_never_swapped_for_another(
    desk: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path
    page = desk.get(ASSIST)
    assist(desk, page, photo=SimpleUploadedFile("a.jpg", jpeg()))
    kept = only_report().photo
    assert kept is not None
    before = (tmp_path / kept.path).read_bytes()
    other = SimpleUploadedFile("b.jpg", jpeg((640, 480)))
    assert assist(desk, page, photo=other).status_code == 409
    assert only_report().photo == kept
    assert (tmp_path / kept.path).read_bytes() == before


def test_an_officer_assists_only_where_the_office_is(desk: Client) -> None:
    page = desk.get(ASSIST)
    assert RT_HERE in body(page)
    assert NEXT_DOOR not in body(page)
    answer = assist(desk, region_code=f"{NEXT_DOOR}.001.001")
    assert answer.status_code == 422
    assert "Pilih tempat dari daftar." in body(answer)


def test_an_rt_head_is_offered_the_own_rt_only(client: Client) -> None:
    made = cast.staff("made", Role.RT_HEAD, RT_HERE)
    page = cast.sign_in(client, made).get(ASSIST)
    assert RT_HERE in body(page)
    assert f'value="{HERE}"' not in body(page)


def test_the_village_may_stand_for_an_unknown_rt(desk: Client) -> None:
    assert assist(desk, region_code=HERE).status_code == 302
    assert only_report().region_code == HERE


def test_whoever_may_not_assist_is_forbidden(client: Client) -> None:
    cast.sign_in(client, cast.camat())
    assert client.get(ASSIST).status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nik": "351009170890000"}, "Yang diketik 15 angka."),
        ({"born_on_day": "85"}, "Tanggal harus antara 1 dan 31."),
        ({"born_on_year": "2031"}, "belum terjadi"),
        ({"reason": ""}, "Pilih alasan"),
        ({"form_id": "x"}, "UUID"),
        ({"photo": SimpleUploadedFile("rumah.jpg", b"MZ program")}, "bukan foto"),
    ],
    ids=["short NIK", "day 85", "future", "no reason", "no form", "a program"],
)
def test_bad_answers_are_named(
    desk: Client, changes: dict[str, Any], words: str
) -> None:
    answer = assist(desk, **changes)
    assert answer.status_code in {409, 422}
    assert words in body(answer)
    assert WAYAN_KK in body(answer)


def test_a_form_sent_with_other_answers_is_refused(desk: Client) -> None:
    page = desk.get(ASSIST)
    assist(desk, page)
    answer = assist(desk, page, reason="other")
    assert answer.status_code == 409
    assert "sudah dikirim dengan jawaban lain" in body(answer)


def plan(client: Client, **changes: str) -> Page:
    good = {
        "opens_at": "2026-11-25T08:00",
        "closes_at": "2026-11-30T16:00",
        "quota": "20",
    }
    return client.post(PHASES, {**good, **changes}, follow=True)


def test_a_round_is_planned_changed_and_taken_back(dinsos: Client) -> None:
    assert "Belum ada tahap" in body(dinsos.get(PHASES))
    page = body(plan(dinsos))
    assert "Rabu, 25 November 2026, 08.00 WIB" in page
    phase = ReportingPhase.objects.get()
    dinsos.post(f"{PHASES}{phase.pk}/quota/", {"quota": "5"})
    phase.refresh_from_db()
    assert phase.daily_quota_per_village == 5
    dinsos.post(f"{PHASES}{phase.pk}/close/")
    assert not ReportingPhase.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"closes_at": "2026-11-24T08:00"}, 409, "setelah dibuka"),
        ({"opens_at": ""}, 422, "Pilih hari dan jam."),
        ({"opens_at": "besok"}, 422, "2026-11-24T08:00"),
        ({"opens_at": "0000-00-00T00:00"}, 422, "2026-11-24T08:00"),
        ({"quota": "banyak"}, 422, "misalnya 20"),
        ({"quota": "-1"}, 422, "0"),
        ({"quota": "99999999999999999999"}, 422, "10"),
        ({"quota": "20😀"}, 422, "misalnya 20"),
    ],
    ids=["closes first", "empty", "words", "zeros", "letters", "less", "more", "emoji"],
)
def test_a_bad_round_is_named(
    dinsos: Client, changes: dict[str, str], status: int, words: str
) -> None:
    answer = plan(dinsos, **changes)
    assert answer.status_code == status
    assert words in body(answer)
    assert not ReportingPhase.objects.exists()


def test_two_rounds_at_once_are_refused(dinsos: Client) -> None:
    plan(dinsos)
    answer = plan(dinsos, opens_at="2026-11-29T08:00", closes_at="2026-12-30T08:00")
    assert answer.status_code == 409
    assert "Tahap lain" in body(answer)


def test_a_bad_quota_is_named_where_it_was_typed(dinsos: Client) -> None:
    plan(dinsos)
    phase = ReportingPhase.objects.get()
    answer = dinsos.post(f"{PHASES}{phase.pk}/quota/", {"quota": "x"})
    assert answer.status_code == 422
    assert "misalnya 20" in body(answer)


def test_a_round_that_is_over_is_left_alone(dinsos: Client) -> None:
    plan(dinsos)
    day = timedelta(days=1)
    ReportingPhase.objects.update(opens_at=NOON - 2 * day, closes_at=NOON - day)
    phase = ReportingPhase.objects.get()
    for change in ("close/", "quota/"):
        url = f"{PHASES}{phase.pk}/{change}"
        answer = dinsos.post(url, {"quota": "9"}, follow=True)
        assert "sudah selesai" in body(answer)


def test_a_round_that_is_gone_is_not_found(dinsos: Client) -> None:
    assert dinsos.post(f"{PHASES}999/close/").status_code == 404


def test_a_village_may_not_open_rounds(desk: Client) -> None:
    assert desk.get(PHASES).status_code == 403
