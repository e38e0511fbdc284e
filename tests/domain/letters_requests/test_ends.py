"""What ends is told in time: a letter to its family, a certificate to its officer."""

from datetime import datetime, timedelta

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import telling
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.service.actions import (
    list_certificates_that_end,
    tell_of_letters_that_end,
)
from smartkampung.letters.signing.actions.certificates import revoke_certificate
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.asking_letters import (
    LATER,
    actor,
    asked,
    checked,
    pen_of,
    signed,
    village_head,
    wayan_with_child,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def letter() -> Letter:
    """Sign what Wayan asked for; it holds for weeks."""
    return signed(checked(wayan_with_child()[0]), pen_of(village_head()))


def last_day(letter: Letter) -> datetime:
    """Return noon of the last day on which a letter holds."""
    assert letter.valid_until
    return LATER + (letter.valid_until - LATER.date())


def told() -> list[Message]:
    return list(Message.objects.filter(template="letter_ends"))


def test_a_family_hears_a_week_before_a_letter_ends_and_once(letter: Letter) -> None:
    over = last_day(letter)
    assert tell_of_letters_that_end(at=over - 8 * DAY) == 0
    for left in (7, 6, 0):
        with telling(over - left * DAY):
            tell_of_letters_that_end(at=over - left * DAY)
    [message] = told()
    text = text_of(message.template, context=message.context, language="en")
    assert str(over.year) in text
    assert "Sudarma" not in text
    assert tell_of_letters_that_end(at=over + DAY) == 0


def test_nobody_hears_of_a_letter_that_was_revoked(letter: Letter) -> None:
    Letter.objects.update(revoked_at=LATER, revoked_by="darmo", revoked_why="Salah")
    tell_of_letters_that_end(at=last_day(letter))
    assert told() == []


def test_nobody_hears_of_a_letter_that_a_newer_one_followed(letter: Letter) -> None:
    again = check_again(letter)
    signed(again, letter.signer, at=last_day(letter) - DAY)
    assert tell_of_letters_that_end(at=last_day(letter)) == 0


def check_again(letter: Letter) -> LetterRequest:
    """Let the family ask for the same letter once more, and the offices go on."""
    row = asked(letter.request.subject, at=LATER + DAY)
    row = confirm(request=row, by=actor(Staff.objects.get(username="tini")), at=LATER)
    return check(request=row, by=actor(Staff.objects.get(username="sari")), at=LATER)


def test_nobody_hears_of_a_letter_about_the_dead(letter: Letter) -> None:
    Person.objects.filter(pk=letter.request.subject_id).update(
        status=Person.Status.DEAD
    )
    assert tell_of_letters_that_end(at=last_day(letter)) == 0


def open_work_of(username: str) -> list[str]:
    rows = WorkItem.objects.filter(kind="letters.key_ends", closed_at=None)
    return [row.target for row in rows if username not in row.not_by]


def test_a_certificate_that_ends_is_on_the_list_of_its_holder_only(
    letter: Letter,
) -> None:
    row = SigningCertificate.objects.get(staff=letter.signer)
    pen_of(Staff.objects.get(username="sari"))
    list_certificates_that_end(at=row.valid_until - 31 * DAY)
    assert open_work_of("darmo") == []
    for _twice in range(2):
        assert list_certificates_that_end(at=row.valid_until - 29 * DAY) == 2
    assert len(open_work_of("darmo")) == 1
    # Sari has one of her own, of the same day.
    assert len(open_work_of("sari")) == 1
    assert set(open_work_of("sari")).isdisjoint(open_work_of("darmo"))


@pytest.mark.closes("letters.key_ends")
def test_what_was_renewed_or_ended_is_on_no_list(letter: Letter) -> None:
    row = SigningCertificate.objects.get(staff=letter.signer)
    soon = row.valid_until - DAY
    list_certificates_that_end(at=soon)
    revoke_certificate(certificate=row, reason="Diperbarui", by="darmo", at=soon)
    assert list_certificates_that_end(at=soon) == 0
    assert open_work_of("darmo") == []
