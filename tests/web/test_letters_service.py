"""The counter, the kiosk, the three faces and the boards of letters."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from smartkampung.accounts.models import Staff
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.actions.handling import confirm
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries import figures
from smartkampung.letters.service.models import Answer
from smartkampung.residents.models import Person
from smartkampung.web import resident_session
from tests import cast
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    checked,
    pen_of,
    rt_head,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR
from tests.reporting import WAYAN_NIK
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_staff import enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
COUNTER = "/staff/letters/counter/"
FIGURES = f"{COUNTER}figures/"
KIOSK = f"/kiosk/{HERE}/"


@pytest.fixture
def person() -> Person:
    """Register Wayan and his daughter."""
    return wayan_with_child()[0]


def stranger() -> Client:
    """Return a browser of nobody, reading English."""
    return cast.english(Client())


def test_the_family_is_found_by_the_card_and_asks(person: Person) -> None:
    desk = enter(cast.sari())
    found = words(desk.post(f"{COUNTER}find/nik/", {"nik": WAYAN_NIK}))
    assert "Wayan Sudarma" in found
    assert WAYAN_NIK not in found
    page = words(desk.get(f"{COUNTER}family/{person.pk}/"))
    assert "A new letter for Wayan Sudarma" in page
    assert "Putu Sudarma" in page
    assert "None so far." in page


def test_a_nik_that_cannot_be_is_told_at_its_box(person: Person) -> None:
    desk = enter(cast.sari())
    assert "16" in words(desk.post(f"{COUNTER}find/nik/", {"nik": "12345"}), 422)
    assert "Nobody fits" in words(
        desk.post(f"{COUNTER}find/name/", {"name": "Zulkifli"})
    )
    assert person.pk


def test_the_counter_next_door_finds_nobody_here(person: Person) -> None:
    desk = enter(cast.budi())
    found = words(desk.post(f"{COUNTER}find/nik/", {"nik": WAYAN_NIK}))
    assert "Wayan Sudarma" not in found
    assert desk.get(f"{COUNTER}family/{person.pk}/").status_code == 404


def test_a_letter_of_the_family_leads_to_its_page(person: Person) -> None:
    row = checked(person)
    page = enter(Staff.objects.get(username="sari")).get(
        f"{COUNTER}family/{person.pk}/"
    )
    assert f"/staff/letters/{row.pk}/" in page.content.decode()


def test_the_board_counts_today_by_kind_and_place(person: Person) -> None:
    signed(checked(person), pen_of(village_head()))
    board = words(enter(cast.camat()).get(FIGURES, follow=True))
    assert "Figures of letters: Kecamatan Lereng" in board
    assert "signed today" in board
    assert "Sumberwangi" in board
    assert "Certificate of Limited Means" in board
    assert "so few are not told" in board


def test_anybody_reads_how_long_a_letter_usually_takes_here(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(checked(person), pen_of(village_head()))
    page = f"/surat/kinds/sktm/?village={HERE}"
    assert "fewer than five were signed" in words(stranger().get(page))
    monkeypatch.setattr(figures, "FEWEST", 1)
    told = words(stranger().get(page))
    assert "Usually 5 minutes of office hours here, in the last 90 days" in told
    assert "is not told" not in told


def test_a_board_of_elsewhere_is_missing() -> None:
    desk = enter(cast.camat())
    assert desk.get(f"{FIGURES}{FAR_AWAY}/").status_code == 404
    assert desk.get(f"{FIGURES}{HERE}/").status_code == 200
    assert desk.get(f"{FIGURES}nowhere/").status_code == 404


def test_figures_go_out_as_files(person: Person) -> None:
    signed(checked(person), pen_of(village_head()))
    desk = enter(cast.camat())
    text = desk.get(f"{FIGURES}{KECAMATAN}/figures.csv").content.decode("utf-8-sig")
    assert "Village;Sumberwangi;1;1;5" in text
    book = io.BytesIO(desk.get(f"{FIGURES}{KECAMATAN}/figures.xlsx").content)
    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_name("Surat").to_python()
    assert rows[0][:3] == ["By", "Which", "Asked"]
    assert ["Village", "Sumberwangi", 1, 1, 5] in rows
    assert desk.get(f"{FIGURES}{KECAMATAN}/figures.pdf").status_code == 404


def test_a_kiosk_offers_letters_and_what_to_bring() -> None:
    cast.places()
    kiosk = stranger()
    begin_kiosk(kiosk)
    assert "I need a letter" in words(kiosk.get(KIOSK))
    assert "Certificate of Limited Means" in words(kiosk.get(f"{KIOSK}letters/"))
    slip = words(kiosk.get(f"{KIOSK}letters/sktm/"))
    assert "Bring these papers" in slip
    assert "Family card" in slip
    assert "another family card" not in slip
    assert "another family card" in words(kiosk.get(f"{KIOSK}letters/heirs/"))
    assert kiosk.get(f"{KIOSK}letters/none/").status_code == 404
    assert kiosk.get(f"/kiosk/{KECAMATAN}/").status_code == 404


def test_pages_of_a_kiosk_close_by_themselves_and_forget() -> None:
    cast.places()
    kiosk = stranger()
    assert 'http-equiv="refresh"' not in kiosk.get("/surat/kinds/").content.decode()
    begin_kiosk(kiosk)
    for url in ("/surat/kinds/", "/my-data/", f"{KIOSK}letters/"):
        page = kiosk.get(url).content.decode()
        assert 'content="120;url=/kiosk/end/"' in page, url
        assert "Finish and forget what I typed" in page, url
    over = kiosk.get("/kiosk/end/")
    assert '"cookies"' in over.headers["Clear-Site-Data"]
    again = stranger()
    assert again.get(over.headers["Location"]).cookies["kiosk"].value == HERE


def begin_kiosk(browser: Client) -> None:
    begun = browser.post("/kiosk/", {"village": HERE})
    assert begun.headers["Location"] == KIOSK
    assert begun.cookies["kiosk"].value == HERE
    # Switched off every evening, it is a kiosk the next morning.
    assert begun.cookies["kiosk"]["max-age"] > 300 * 24 * 3600


@pytest.mark.parametrize("link", ["", "?on=made-up", "?village=35.10.09.2003"])
def test_a_link_makes_no_kiosk_of_a_phone_and_ends_no_session(link: str) -> None:
    cast.places()
    phone = stranger()
    phone.cookies[resident_session.NAME] = "key"
    answer = phone.get(f"{KIOSK}{link}")
    # What looks like a kiosk forgets; so it asks to become one first.
    assert "Where does this kiosk stand?" in words(answer)
    assert f'value="{HERE}" selected' in answer.content.decode()
    assert not {"kiosk", resident_session.NAME} & set(answer.cookies)
    assert "kiosk" not in phone.get(f"/kiosk/{link}").cookies
    forged = Client(enforce_csrf_checks=True).post("/kiosk/", {"village": HERE})
    assert forged.status_code == 403


def test_a_kiosk_goes_on_for_a_minute_after_it_forgot() -> None:
    cast.places()
    kiosk = stranger()
    begin_kiosk(kiosk)
    where = kiosk.get("/kiosk/end/").headers["Location"]
    with time_machine.travel(LATER + timedelta(minutes=2)):
        assert "kiosk" not in stranger().get(where).cookies
    assert "kiosk" not in stranger().get(where.replace(HERE, NEXT_DOOR)).cookies
    phone = cast.english(Client(headers={"User-Agent": "a phone"}))
    assert "kiosk" not in phone.get(where).cookies, "whoever was sent the address"


def test_every_page_of_a_kiosk_leads_to_its_menu_and_none_to_the_staff() -> None:
    cast.places()
    kiosk = stranger()
    begin_kiosk(kiosk)
    for url in (KIOSK, "/surat/", "/my-data/", "/v/", "/counters/", "/t/"):
        page = kiosk.get(url, follow=True).content.decode()
        assert f'class="brand" href="{KIOSK}"' in page, url
        assert 'href="/staff/"' not in page, url
    assert 'href="/staff/"' in stranger().get("/surat/").content.decode()


def test_a_browser_that_is_no_kiosk_is_left_alone() -> None:
    cast.places()
    client = stranger()
    over = client.get("/kiosk/end/")
    assert over.headers["Location"] == "/kiosk/"
    assert "Clear-Site-Data" not in over.headers
    client.cookies["kiosk"] = "../../evil"
    assert "refresh" not in client.get("/surat/kinds/").content.decode()
    assert "Where does this kiosk stand?" in words(client.get("/kiosk/"))
    nowhere = client.post("/kiosk/", {"village": "nowhere"})
    assert "Choose the village from the list." in words(nowhere, 422)


def test_three_faces_by_the_code_of_the_slip(person: Person) -> None:
    asked = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    act_as(Acting.JOB)
    row = LetterRequest.objects.get(pk=asked.request_id)
    client = stranger()
    given = {"code": asked.code, "face": "3"}
    assert "not signed yet" in words(client.post("/kiosk/thanks/", given), 409)
    assert row.pk
    assert "12 letters" in words(client.post("/kiosk/thanks/", {"code": "AB"}), 422)


def test_a_face_is_counted_without_a_name(person: Person) -> None:
    asked = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    act_as(Acting.JOB)
    row = LetterRequest.objects.get(pk=asked.request_id)
    confirm(request=row, by=actor(rt_head()), at=MORNING)
    signed_by = pen_of(village_head())
    _check_and_sign(row, signed_by)
    client = stranger()
    given = {"code": asked.code, "face": "1"}
    assert "without your name" in words(client.post("/kiosk/thanks/", given))
    with time_machine.travel(LATER + timedelta(days=1)):
        again = words(client.post("/kiosk/thanks/", given), 409)
    assert "already" in again
    act_as(Acting.JOB)
    assert Answer.objects.get().village_code == HERE


def _check_and_sign(row: LetterRequest, head: Staff) -> None:
    desk = enter(cast.sari())
    desk.post(f"/staff/letters/{row.pk}/do/check/", {"note": ""})
    act_as(Acting.JOB)
    row.refresh_from_db()
    signed(row, head)
