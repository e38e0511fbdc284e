"""The board leads to each record that is to be mended."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone, translation

from smartkampung.accounts.roles import Role
from smartkampung.quality.actions import keep_scores
from smartkampung.quality.models import VillageScore
from smartkampung.quality.rules import Fault
from smartkampung.quality.words import FAULTS
from smartkampung.residents.models import Person
from smartkampung.web.quality import views
from tests import cast
from tests.cast import HERE, KECAMATAN, REGENCY, RT_HERE
from tests.domain.quality.registry import CASES, TODAY, home

pytestmark = pytest.mark.django_db
ASK, FIELD = r"\d+/corrections/$", r"\d+/corrections/%s/$"
MENDED_AT = {
    Fault.NIK_MISSING: FIELD % "nik",
    Fault.NIK_BIRTH_DATE: ASK,
    Fault.NIK_SEX: ASK,
    Fault.BORN_MISSING: FIELD % "born_on",
    Fault.BORN_IMPOSSIBLE: FIELD % "born_on",
    Fault.NAME_IMPOSSIBLE: FIELD % "name",
    Fault.SEX_UNKNOWN: FIELD % "sex",
    Fault.RELATION_MISSING: FIELD % "relation",
    Fault.MARRIED_CHILD: ASK,
    Fault.CODE_UNKNOWN: ASK,
    Fault.CODE_MISSING: ASK,
    Fault.OLDER_THAN_PARENT: FIELD % "born_on",
    Fault.KK_MISSING: FIELD % "kk",
    Fault.PHONE_SHARED: FIELD % "phone",
    Fault.NO_HEAD: r"families/\d+/events/head_change/$",
    Fault.TWO_HEADS: r"families/\d+/events/head_change/$",
}
BOARD = f"/staff/quality/{HERE}/"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "today", lambda: TODAY)


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.english(cast.sign_in(client, cast.sari()))


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_sari_starts_at_the_board_of_her_village(sari: Client) -> None:
    assert sari.get("/staff/quality/")["Location"] == BOARD


def test_a_village_without_a_fault_says_so(sari: Client) -> None:
    home()
    assert "Nothing to mend" in text(sari, BOARD)
    assert "100%" in text(sari, BOARD)


@pytest.mark.parametrize("fault", Fault, ids=str)
def test_every_fault_leads_to_the_page_where_it_is_mended(
    sari: Client, fault: Fault
) -> None:
    at = home()
    CASES[fault].spoil(at)
    listed = f"{BOARD}{fault}/"
    assert f'href="{listed}"' in text(sari, BOARD)
    shown = text(sari, listed)
    with translation.override("en"):
        assert str(FAULTS[fault].sentence) in shown
    (mend,) = re.findall(r'<a href="([^"]+)">Mend it', shown)[:1]
    assert sari.get(mend).status_code == 200
    expected = MENDED_AT.get(fault, f"/staff/residents/{at.wayan.pk}/")
    assert re.search(expected, mend)


def test_who_may_not_correct_is_led_to_the_record(client: Client) -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    camat = cast.english(cast.sign_in(client, cast.camat()))
    shown = text(camat, f"{BOARD}nik_missing/")
    assert f'href="/staff/residents/{at.wayan.pk}/">Mend it' in shown


def test_when_it_is_mended_the_list_is_empty(sari: Client) -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    CASES[Fault.NIK_MISSING].mend(at)
    assert "Nothing of this kind is left here" in text(sari, f"{BOARD}nik_missing/")


def test_a_fault_that_does_not_exist_is_not_found(sari: Client) -> None:
    assert sari.get(f"{BOARD}bad_karma/").status_code == 404


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_a_page_that_cannot_be_begins_anew(sari: Client, after: str) -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    shown = text(sari, f"{BOARD}nik_missing/?after={after}")
    assert "I Wayan Sudarma" in shown


def test_the_trend_is_drawn_and_tabled(sari: Client) -> None:
    home()
    for month, faultless in ((9, 90), (10, 95)):
        VillageScore.objects.create(
            village_code=HERE,
            on=date(2026, month, 28),
            people=100,
            faultless=faultless,
            counted_at=timezone.now(),
        )
    shown = text(sari, BOARD)
    assert "<polyline" in shown
    assert "28 October 2026" in shown
    assert "95%" in shown


def test_the_camat_opens_villages_and_no_names_above_them(client: Client) -> None:
    camat = cast.sign_in(client, cast.camat())
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    keep_scores(at=timezone.now())
    shown = text(camat, f"/staff/quality/{KECAMATAN}/")
    assert f'href="{BOARD}"' in shown
    assert "nik_missing" not in shown


def test_leaders_see_aggregates_without_a_way_to_names(client: Client) -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    leader = cast.staff("bupati", Role.LEADERSHIP, REGENCY)
    browser = cast.english(cast.sign_in(client, leader))
    assert "Not counted yet" in text(browser, f"/staff/quality/{REGENCY}/")
    shown = text(browser, BOARD)
    assert "nik_missing" not in shown
    assert "hidden" in shown
    assert browser.get(f"{BOARD}nik_missing/").status_code == 403


def test_an_rt_head_sees_their_rt_only(client: Client) -> None:
    home()
    head = cast.staff("ketua", Role.RT_HEAD, RT_HERE)
    browser = cast.sign_in(client, head)
    assert "RT 007 RW 002" in text(browser, f"/staff/quality/{RT_HERE}/")
    assert browser.get(BOARD).status_code == 404
    assert Person.objects.count() == 2
