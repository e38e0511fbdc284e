"""Signing on the pages: one letter, many at once, the kecamatan, revoked, replaced."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.models import Staff
from smartkampung.kernel.errors import Refused
from smartkampung.letters.requests.actions.mandates import give_mandate
from smartkampung.letters.requests.actions.orders import OF_THE_KEY, end, work_on
from smartkampung.letters.requests.models import (
    Letter,
    LetterRead,
    LetterRequest,
    SigningOrder,
)
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.steps import State
from smartkampung.letters.signing.errors import (
    AnotherOffice,
    OfficeOver,
    SigningRefused,
)
from smartkampung.residents.models import Person
from smartkampung.web.letters_staff.signing import OTHER, SHOWN
from tests import cast
from tests.asking_letters import (
    LATER,
    actor,
    checked,
    pen_of,
    read_by,
    secretary,
    signed,
    village_head,
    wayan_with_child,
)
from tests.domain.letters_requests.test_signing import mandate
from tests.signing import PASSPHRASE
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_staff import LIST, do, enter, proof_on, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
SIGN = f"{LIST}sign/"
OF_AN_OFFICE = (OfficeOver, AnotherOffice, SigningRefused)


@pytest.fixture
def row() -> LetterRequest:
    """Check what Wayan asked for."""
    return checked(wayan_with_child()[0])


@pytest.fixture
def darmo() -> Staff:
    """Make the head of the village, with a key."""
    return pen_of(village_head())


def press(client: Client, *rows: LetterRequest, passphrase: str = PASSPHRASE) -> Any:
    """Choose letters, type the passphrase, press the button."""
    typed = {"letters": [str(row.pk) for row in rows], "passphrase": passphrase}
    return client.post(SIGN, typed, follow=True)


def test_what_was_not_read_cannot_be_chosen(row: LetterRequest, darmo: Staff) -> None:
    head = enter(darmo)
    page = words(head.get(SIGN))
    assert "Read the next letter" in page
    assert "not read yet" in page
    assert press(head, row).status_code == 422
    assert not SigningOrder.objects.exists()


def test_nobody_is_led_to_a_letter_that_a_colleague_signs() -> None:
    gusti = pen_of(secretary())
    checked(wayan_with_child()[0], officer=gusti)
    mandate(village_head(), gusti)
    page = words(enter(gusti).get(SIGN))
    assert "You checked this letter yourself" in page
    assert "Read the next letter" not in page


def test_many_letters_with_one_passphrase(row: LetterRequest, darmo: Staff) -> None:
    read_by(row, darmo)
    head = enter(darmo)
    page = words(head.get(SIGN))
    assert "All are chosen. Take out what you do not sign now." in page
    assert "Sign the chosen letters" in page
    page = press(head, row)
    assert "0 of 1 signed" in words(page)
    assert 'http-equiv="refresh"' in page.content.decode()
    order = SigningOrder.objects.get()
    work_on(order_id=order.pk, at=LATER)
    done = words(head.get(f"{SIGN}{order.pk}/"))
    assert "1 of 1 signed" in done
    row.refresh_from_db()
    assert row.state == State.ISSUED
    assert enter(pen_of(secretary())).get(f"{SIGN}{order.pk}/").status_code == 404


def test_a_wrong_passphrase_is_told_beside_its_box(
    row: LetterRequest, darmo: Staff
) -> None:
    read_by(row, darmo)
    page = press(enter(darmo), row, passphrase="salah sekali lagi")
    assert "The passphrase is wrong" in words(page, 409)
    assert "salah sekali" not in page.content.decode()


def test_one_letter_is_signed_on_its_page_and_can_be_opened(
    row: LetterRequest, darmo: Staff
) -> None:
    head = enter(darmo)
    assert "Sign this letter" not in words(head.get(f"{LIST}{row.pk}/"))
    read_by(row, darmo)
    assert "Sign this letter" in words(head.get(f"{LIST}{row.pk}/"))
    page = words(do(head, row, "sign", passphrase=PASSPHRASE))
    letter = Letter.objects.get()
    assert letter.entry.text in page
    url = f"{LIST}signed/{letter.pk}/letter.pdf"
    assert head.get(url).content.startswith(b"%PDF")
    assert enter(cast.budi()).get(url).status_code == 404


def test_who_checked_it_is_told_why_a_colleague_signs(row: LetterRequest) -> None:
    page = words(enter(Staff.objects.get(username="sari")).get(f"{LIST}{row.pk}/"))
    assert "you hold no mandate for it" in page
    assert "Sign this letter" not in page


def test_a_registry_changed_since_the_check_sends_the_letter_back(
    row: LetterRequest, darmo: Staff
) -> None:
    read_by(row, darmo)
    Person.objects.filter(pk=row.subject_id).update(birth_place="Genteng")
    page = words(do(enter(darmo), row, "sign", passphrase=PASSPHRASE), 409)
    assert "has changed since it was checked" in page
    assert "Waits for the check" in page


def test_the_kecamatan_signs_too(row: LetterRequest, darmo: Staff) -> None:
    row.steps = ["confirm", "check", "sign", "cosign"]
    row.save()
    signed(row, darmo)
    camat = pen_of(cast.camat())
    office = enter(camat)
    assert "Read the letter" in words(office.get(f"{LIST}{row.pk}/"))
    reading = office.get(f"{LIST}{row.pk}/read/").content.decode()
    assert "data:image/webp" in reading
    assert "(PDF)" not in reading
    proof = proof_on(office.get(f"{LIST}{row.pk}/read/"))
    office.post(f"{LIST}{row.pk}/read/", {"proof": proof})
    page = words(do(office, row, "cosign", passphrase=PASSPHRASE))
    assert "Number of the kecamatan: 401/001/09/XI/2026" in page
    assert "The family can fetch it." in page


def test_revoked_and_replaced_with_a_reason(row: LetterRequest, darmo: Staff) -> None:
    signed(row, darmo)
    head = enter(darmo)
    assert "Write in a sentence" in words(do(head, row, "revoke", reason="x"), 422)
    new = words(do(head, row, "replace", reason="Salah tulis nama."))
    assert "A new letter waits for the check." in new
    page = words(do(head, row, "revoke", reason="Salah tulis nama."))
    assert "revoked" in page
    assert "Salah tulis nama." in page
    assert "Revoke this letter" not in page


def many(row: LetterRequest, by: Staff) -> list[LetterRequest]:
    """Let two hundred people wait for a signature, all read, beside a first one."""
    person = row.subject
    people = Person.objects.bulk_create(
        Person(
            name=f"Warga {at}",
            name_folded=f"warga {at}",
            sex="L",
            relation=9,
            family_id=person.family_id,
            region_code=person.region_code,
        )
        for at in range(SHOWN)
    )
    for one in people:
        row.pk, row.subject, row.form_id = None, one, uuid.uuid4()
        row.code_hash = row.form_id.bytes
        row.save(force_insert=True)
    rows = list(LetterRequest.objects.order_by("pk"))
    LetterRead.objects.bulk_create(
        LetterRead(request=one, version=one.version, by=by.username, at=LATER)
        for one in rows
    )
    return rows


def test_two_hundred_letters_cost_no_more_questions_than_one(
    row: LetterRequest,
    darmo: Staff,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = many(row, darmo)
    head = enter(darmo)
    head.get(SIGN)
    with django_assert_max_num_queries(40):
        page = head.get(SIGN)
    assert page.content.decode().count('name="letters"') == SHOWN
    with django_assert_max_num_queries(80):
        press(head, *rows[:SHOWN])
    assert SigningOrder.objects.get().items.count() == SHOWN


def deputise(head: Staff, deputy: Staff, *kinds: str) -> None:
    """Let the head give a mandate for some days."""
    give_mandate(
        village_code=cast.HERE,
        deputy=deputy,
        manner=Manner.ACTING,
        title="",
        since=LATER.date(),
        until=LATER.date() + timedelta(days=3),
        kinds=kinds,
        reason="Dinas luar",
        by=actor(head),
        at=LATER,
    )


def test_who_holds_no_mandate_is_offered_nothing_to_sign(
    row: LetterRequest, darmo: Staff
) -> None:
    gusti = pen_of(secretary())
    desk = enter(gusti)
    for kinds in ((), ("heirs",)):
        if kinds:
            deputise(darmo, gusti, *kinds)
        assert "Read and sign (1)" not in words(desk.get(LIST))
        assert "Read the letter" not in words(desk.get(f"{LIST}{row.pk}/"))
        page = words(desk.get(SIGN))
        assert "Read the next letter" not in page
        assert ("You sign no letters today" in page) == (not kinds)
        assert ("No letter waits for your signature" in page) == bool(kinds)


def test_a_deputy_is_offered_what_the_mandate_covers_in_as_few_questions(
    row: LetterRequest,
    darmo: Staff,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    gusti = pen_of(secretary())
    deputise(darmo, gusti, "sktm")
    many(row, gusti)
    desk = enter(gusti)
    desk.get(SIGN)
    with django_assert_max_num_queries(40):
        page = desk.get(SIGN)
    assert page.content.decode().count('name="letters"') == SHOWN
    assert f"Read and sign ({SHOWN + 1})" in words(desk.get(LIST))


def test_an_order_says_who_signed_a_letter_before_its_turn(
    row: LetterRequest, darmo: Staff
) -> None:
    read_by(row, darmo)
    head = enter(darmo)
    press(head, row)
    letter = signed(row, darmo)
    order = SigningOrder.objects.get()
    work_on(order_id=order.pk, at=LATER)
    done = words(head.get(f"{SIGN}{order.pk}/"))
    assert f"It is signed already: by {letter.signer_name}" in done
    assert "1 of 1 signed" in done
    assert "or you checked it" not in done


@pytest.mark.parametrize("refusal", [*OF_THE_KEY, *OF_AN_OFFICE], ids=lambda r: r.code)
def test_an_order_says_in_words_why_the_key_did_not_sign(
    row: LetterRequest, darmo: Staff, refusal: type[Refused]
) -> None:
    read_by(row, darmo)
    head = enter(darmo)
    press(head, row)
    order = SigningOrder.objects.get()
    end(order, at=LATER, code=refusal.code)
    assert str(OTHER) not in words(head.get(f"{SIGN}{order.pk}/"))
