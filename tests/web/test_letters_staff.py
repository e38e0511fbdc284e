"""Letters at the office: who sees what, confirms, checks, gives back, corrects."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.letters.requests.actions.handling import confirm
from smartkampung.letters.requests.models import LetterRead, LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import Did, State
from smartkampung.notify.models import Message
from smartkampung.residents.models import Person
from tests import cast
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    more_steps,
    rt_head,
    village_head,
    wayan_with_child,
)
from tests.reporting import WAYAN_NIK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
LIST = "/staff/letters/"


@pytest.fixture
def that_morning() -> Iterator[None]:
    """Open pages on the morning on which the cast acts."""
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def person() -> Person:
    """Register Wayan and his daughter."""
    return wayan_with_child()[0]


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status, answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def do(client: Client, row: LetterRequest, name: str, **typed: str) -> Any:
    """Send one act of a request's page."""
    return client.post(f"{LIST}{row.pk}/do/{name}/", typed, follow=True)


def to_check(person: Person) -> LetterRequest:
    """Let Wayan ask, and his RT confirm."""
    return confirm(request=asked(person), by=actor(rt_head()), at=MORNING)


def test_the_list_shows_letters_of_the_own_village_by_step(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    page = words(sari.get(LIST))
    assert "Certificate of Limited Means" in page
    assert "Wayan Sudarma" in page
    assert "To check (1)" in page
    assert "Wayan Sudarma" not in words(sari.get(LIST, {"show": "sign"}))
    budi = enter(cast.budi())
    assert "Wayan Sudarma" not in words(budi.get(LIST))
    assert budi.get(f"{LIST}{row.pk}/").status_code == 404
    assert budi.get(f"{LIST}{row.pk}/draft.pdf").status_code == 404


def test_a_late_letter_is_called_late(person: Person) -> None:
    to_check(person)
    with time_machine.travel(MORNING.replace(hour=10)):
        page = words(enter(cast.sari()).get(LIST, {"show": "late"}))
    assert "Late (1)" in page
    assert "Waits for the check · late" in page


def test_answers_stand_beside_the_registry_and_numbers_are_masked(
    person: Person,
) -> None:
    row = to_check(person)
    page = words(enter(cast.sari()).get(f"{LIST}{row.pk}/"))
    assert "Beasiswa sekolah Putu" in page
    assert "Rp1,500,000" in page or "Rp1.500.000" in page
    assert "RT 007" in page
    assert WAYAN_NIK not in page
    assert WAYAN_NIK[-4:] in page


def test_the_rt_confirms_then_the_officer_checks(person: Person) -> None:
    row = asked(person)
    page = words(do(enter(rt_head()), row, "confirm", note="Tetangga saya."))
    assert "The village office goes on." in page
    sari = enter(cast.sari())
    assert "Tetangga saya." in words(sari.get(f"{LIST}{row.pk}/"))
    assert "The letter goes on." in words(do(sari, row, "check", note=""))
    row.refresh_from_db()
    assert (row.state, row.checked_by) == (State.SIGN, "sari")


def test_the_page_says_who_can_go_on(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    assert "Can go on with it: Sari Wulandari (Village officer, Sumberwangi)" in words(
        sari.get(f"{LIST}{row.pk}/")
    )
    LetterRequest.objects.filter(pk=row.pk).update(
        steps=["confirm", "check", "review", "sign"]
    )
    more_steps("review")
    alone = words(sari.get(f"{LIST}{row.pk}/"))
    assert "nobody else of your village can give it" in alone
    do(sari, row, "check")
    assert "Nobody holds an office that can go on with it" in words(
        sari.get(f"{LIST}{row.pk}/")
    )
    cast.staff("nur", Role.VILLAGE_OFFICER, cast.HERE, name="Nur Hidayati")
    assert "Can go on with it: Nur Hidayati" in words(sari.get(f"{LIST}{row.pk}/"))


def test_a_step_taken_meanwhile_is_told_on_the_page(person: Person) -> None:
    row = checked(person, officer=cast.sari())
    again = do(enter(Staff.objects.get(username="sari")), row, "check", note="")
    assert "no longer at this step" in words(again, 409)


def test_given_back_needs_a_sentence_and_the_family_reads_it(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    assert "Write in a sentence" in words(do(sari, row, "return", what="kk"), 422)
    do(sari, row, "return", what="Foto kartu keluarga tidak terbaca.")
    row.refresh_from_db()
    assert row.state == State.RETURNED
    last = row.history.order_by("pk").last()
    assert last is not None
    assert last.did == Did.RETURNED
    assert last.note is not None
    assert last.note.open() == "Foto kartu keluarga tidak terbaca."


def test_no_nik_is_written_into_a_reason(person: Person) -> None:
    row = to_check(person)
    reason = f"NIK {WAYAN_NIK} bukan miliknya."
    assert do(enter(cast.sari()), row, "refuse", reason=reason).status_code == 422
    row.refresh_from_db()
    assert row.state == State.CHECK


def test_a_wrong_correction_is_told_beside_its_box(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    wrong = do(sari, row, "amend", purpose="Berobat", income="banyak")
    assert "Income of the family in a month" in words(wrong, 422)
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert "Saved." in words(do(sari, row, "amend", purpose="Berobat", income="900000"))
    assert "Berobat" in words(sari.get(f"{LIST}{row.pk}/"))


def test_no_such_act(person: Person) -> None:
    row = to_check(person)
    assert do(enter(cast.sari()), row, "shred").status_code == 404


def test_the_head_reads_one_letter_after_the_other(person: Person) -> None:
    row = checked(person)
    head = enter(village_head())
    assert "Read the letter" in words(head.get(f"{LIST}{row.pk}/"))
    url = f"{LIST}{row.pk}/read/"
    answer = head.post(url, {"version": str(row.version)}, follow=True)
    assert "Read it as it now stands" in words(answer)
    assert not LetterRead.objects.exists(), "nothing was on the screen"
    head.post(url, {"proof": proof_on(head.get(url))})
    assert LetterRead.objects.get().by == "darmo"


def proof_on(page: Any) -> str:
    """Return what proves that a page showed a letter."""
    found = re.search(r'name="proof" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_the_draft_is_a_pdf_that_proves_nothing(person: Person) -> None:
    row = checked(person)
    answer = enter(village_head()).get(f"{LIST}{row.pk}/draft.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_rt_sees_where_a_letter_is_and_not_what_it_says(person: Person) -> None:
    row = asked(person)
    tini = enter(rt_head())
    assert "Beasiswa sekolah Putu" in words(tini.get(f"{LIST}{row.pk}/"))
    page = words(do(tini, row, "confirm", note="Tetangga saya."))
    assert "Waits for the check" in page
    assert "read by the village office and the family" in page
    for secret in ("Beasiswa", "1.500.000", "Tetangga saya", WAYAN_NIK[-4:]):
        assert secret not in page
    for shut in ("draft.pdf", "read/"):
        assert tini.get(f"{LIST}{row.pk}/{shut}").status_code == 404
    assert do(tini, row, "cancel", sure="on").status_code == 404


def test_a_family_without_a_phone_hands_in_at_the_counter(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    what = "Penghasilan belum jelas."
    page = do(sari, row, "return", what=what)
    assert "Hand in what is missing" in words(page)
    where = f"{LIST}ask/missing/{row.pk}/"
    sheet = sari.get(where)
    assert what in words(sheet)
    form_id = re.search(r'name="form_id" value="([^"]+)"', sheet.content.decode())
    assert form_id
    typed = {"form_id": form_id[1], "purpose": "Beasiswa", "q_income": "banyak"}
    assert "digits" in words(sari.post(where, typed), 422)
    same = {**typed, "purpose": told_in(row).purpose, "q_income": "1.500.000"}
    assert "Nothing has changed yet" in words(sari.post(where, same), 409)
    typed["q_income"] = "900.000"
    assert "has it again" in words(sari.post(where, typed, follow=True))
    row.refresh_from_db()
    assert (row.state, told_in(row).asked) == (State.CONFIRM, {"income": "900000"})
    assert sari.get(where).status_code == 404
    assert enter(cast.budi()).get(where).status_code == 404


def test_the_counter_takes_a_wish_back_and_the_family_is_told(person: Person) -> None:
    row = to_check(person)
    sari = enter(cast.sari())
    assert "Ask the family first" in words(do(sari, row, "cancel"), 422)
    assert "Taken back." in words(do(sari, row, "cancel", sure="on"))
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert Message.objects.filter(template="letter_news").count() == 1
