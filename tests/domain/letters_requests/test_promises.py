"""What the tables of requests, letters, mandates and orders promise."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.intake.models import Upload
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.models import (
    BookEntry,
    ClosedDay,
    Letter,
    LetterRead,
    LetterRequest,
    LetterStep,
    Mandate,
    NumberSeries,
    OrderItem,
    RequirementFile,
    SigningOrder,
)
from smartkampung.letters.requests.models.letters import HOLDER_CODE, PRINTED
from smartkampung.letters.requests.models.orders import SEALED_AS
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    asked,
    broken,
    checked,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, sari

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def changed(row: LetterRequest, **values: Any) -> None:
    LetterRequest.objects.filter(pk=row.pk).update(**values)


@pytest.fixture
def row() -> LetterRequest:
    return asked(wayan_with_child()[0])


def child_of(row: LetterRequest) -> Person:
    return Person.objects.get(family=row.family, relation=4)


def asked_for_the_child(row: LetterRequest) -> LetterRequest:
    return asked(row.subject, subject_id=child_of(row).pk)


def a_photo() -> Upload:
    return Upload.objects.create(
        id=uuid.uuid4(), path="x.jpg", width=1, height=1, bytes=1, at=MORNING
    )


def a_letter(row: LetterRequest, **changes: Any) -> Letter:
    """Return a letter of a request, written past the signature."""
    number = Letter.objects.count() + 1
    NumberSeries.objects.update_or_create(
        village_code=HERE, year=2026, defaults={"last": number}
    )
    entry = BookEntry.objects.create(
        village_code=HERE,
        year=2026,
        number=number,
        text=f"{number}",
        kind="sktm",
        on=TODAY,
    )
    given: dict[str, Any] = {
        "request": row,
        "entry": entry,
        "village_code": row.village_code,
        "region_code": row.region_code,
        "kind": row.kind,
        "code": uuid.uuid4().hex[:12],
        "holder_code": Sealed.of("A1B2C3", HOLDER_CODE),
        "printed": Sealed.of("{}", PRINTED),
        "facts_hash": b"x" * 16,
        "file": "2026/x",
        "sha256": b"x" * 32,
        "signed_at": MORNING,
        "issued_at": MORNING,
        "valid_until": TODAY + timedelta(days=90),
        "signer": village_head(f"head{number}"),
        "signer_name": "Darmo",
        "signer_title": "Kepala Desa",
    }
    return Letter.objects.create(**{**given, **changes})


def test_letter_request_code_once(row: LetterRequest) -> None:
    other = asked(row.subject, subject_id=child_of(row).pk)
    with broken("letter_request_code_once"):
        changed(other, code_hash=row.code_hash)


def test_letter_request_checked_by_another() -> None:
    row = checked(wayan_with_child()[0])
    with broken("letter_request_checked_by_another"):
        changed(row, hands=["tini", "sari"])


def test_letter_request_signed_by_no_reviewer() -> None:
    row = checked(wayan_with_child()[0])
    with broken("letter_request_signed_by_no_reviewer"):
        changed(row, reviewed_by="gusti", signed_by="gusti")


def test_letter_request_reviewed_by_another() -> None:
    row = checked(wayan_with_child()[0])
    with broken("letter_request_reviewed_by_another"):
        changed(row, reviewed_by="sari")


def test_letter_request_signed_by_another() -> None:
    row = checked(wayan_with_child()[0])
    with broken("letter_request_signed_by_another"):
        changed(row, signed_by="sari")


def test_letter_cosigned_by_another() -> None:
    letter = a_letter(checked(wayan_with_child()[0]), issued_at=None)
    with broken("letter_cosigned_by_another"):
        Letter.objects.filter(pk=letter.pk).update(cosigner=letter.signer)


def test_letter_request_checked_has_facts(row: LetterRequest) -> None:
    with broken("letter_request_checked_has_facts"):
        changed(row, checked_by="sari")


def test_letter_request_ended_says_when(row: LetterRequest) -> None:
    with broken("letter_request_ended_says_when"):
        changed(row, state="refused")


def test_letter_request_steps_in_order(row: LetterRequest) -> None:
    with broken("letter_request_steps_in_order"):
        changed(row, state="sign")
    changed(row, state="refused", ended_at=LATER)
    with broken("letter_request_steps_in_order"):
        changed(row, state="check", ended_at=None)


def test_letter_request_replaces_once(row: LetterRequest) -> None:
    letter = a_letter(row)
    changed(row, replaces=letter)
    other = asked(row.subject, subject_id=child_of(row).pk)
    with broken("letter_request_replaces_once"):
        changed(other, replaces=letter)


def test_letter_step_append_only(row: LetterRequest) -> None:
    with broken("Cannot update or delete rows from requests_letterstep"):
        LetterStep.objects.update(by="mallory")


def test_requirement_file_once(row: LetterRequest) -> None:
    given = {
        "requirement": "kk",
        "upload": a_photo(),
        "added_by": "x",
        "added_at": LATER,
    }
    RequirementFile.objects.create(request=row, **given)
    with broken("requirement_file_once"):
        RequirementFile.objects.create(request=row, **given)


def test_letter_read_append_only(row: LetterRequest) -> None:
    LetterRead.objects.create(request=row, version=1, by="darmo", at=MORNING)
    with broken("Cannot update or delete rows from requests_letterread"):
        LetterRead.objects.update(version=2)


def test_letter_read_once_in_the_table(row: LetterRequest) -> None:
    LetterRead.objects.create(request=row, version=1, by="darmo", at=MORNING)
    with broken("letter_read_once"):
        LetterRead.objects.create(request=row, version=1, by="darmo", at=LATER)


def test_letter_code_once(row: LetterRequest) -> None:
    first = a_letter(row)
    with broken("letter_code_once"):
        a_letter(row, code=first.code)


def test_letter_entry_once(row: LetterRequest) -> None:
    first = a_letter(row)
    with broken("letter_entry_once"):
        a_letter(row, entry=first.entry)


def test_letter_one_of_a_request(row: LetterRequest) -> None:
    a_letter(row, given_up_at=LATER, issued_at=None)
    a_letter(row)
    with broken("letter_one_of_a_request"):
        a_letter(row)


def test_letter_cosign_entry_once(row: LetterRequest) -> None:
    one = a_letter(row, issued_at=None)
    other = a_letter(asked_for_the_child(row), issued_at=None)
    Letter.objects.filter(pk=one.pk).update(cosign_entry=one.entry)
    with broken("letter_cosign_entry_once"):
        Letter.objects.filter(pk=other.pk).update(cosign_entry=one.entry)


def test_letter_content_stands(row: LetterRequest) -> None:
    letter = a_letter(row, issued_at=None)
    rows = Letter.objects.filter(pk=letter.pk)
    rows.update(sha256=b"y" * 32, issued_at=LATER)
    with broken("letter_content_stands"):
        rows.update(sha256=b"z" * 32)
    rows.update(revoked_at=LATER, revoked_by="darmo", revoked_why="Salah nama")


@pytest.mark.parametrize(
    "column",
    [
        *("kind", "village_code", "signer_name", "signer_title", "language"),
        *("signed_at", "cosigner", "certificate_id", "given_up_at"),
        "cosign_entry",
    ],
)
def test_letter_content_stands_in_every_part(row: LetterRequest, column: str) -> None:
    letter = a_letter(row)
    other = {
        "signed_at": LATER,
        "given_up_at": LATER,
        "cosigner": sari().pk,
        "certificate_id": 7,
        "cosign_entry": letter.entry_id,
    }
    with broken("letter_content_stands"):
        Letter.objects.filter(pk=letter.pk).update(**{column: other.get(column, "en")})


def test_letter_revocation_is_final(row: LetterRequest) -> None:
    letter, other = a_letter(row), a_letter(asked_for_the_child(row))
    rows = Letter.objects.filter(pk=letter.pk)
    rows.update(revoked_at=LATER, revoked_by="darmo", revoked_why="Salah nama")
    with broken("letter_revocation_is_final"):
        rows.update(revoked_at=None, revoked_by="", revoked_why="")
    rows.update(replaced_by=other)
    with broken("letter_revocation_is_final"):
        rows.update(replaced_by=None)


def test_letter_kept(row: LetterRequest) -> None:
    letter = a_letter(row)
    with broken("Cannot delete rows from requests_letter"):
        letter.delete()


def test_letter_revocation_is_signed(row: LetterRequest) -> None:
    letter = a_letter(row)
    with broken("letter_revocation_is_signed"):
        Letter.objects.filter(pk=letter.pk).update(revoked_at=LATER)


def test_letter_replaced_is_revoked(row: LetterRequest) -> None:
    letter = a_letter(row)
    with broken("letter_replaced_is_revoked"):
        Letter.objects.filter(pk=letter.pk).update(replaced_by=letter)


def test_letter_valid_after_issue(row: LetterRequest) -> None:
    with broken("letter_valid_after_issue"):
        a_letter(row, valid_until=TODAY - timedelta(days=2))


def a_mandate(**changes: Any) -> Mandate:
    given: dict[str, Any] = {
        "village_id": HERE,
        "manner": "plh",
        "since": date(2026, 11, 1),
        "until": date(2026, 12, 1),
        "given_at": MORNING,
    }
    return Mandate.objects.create(**{**given, **changes})


def test_mandate_no_overlap() -> None:
    who = {"deputy": sari(), "given_by": village_head()}
    first = a_mandate(**who)
    a_mandate(**who, since=date(2026, 12, 1), until=date(2026, 12, 5))
    with broken("mandate_no_overlap"):
        a_mandate(**who, since=date(2026, 11, 30))
    Mandate.objects.filter(pk=first.pk).update(revoked_at=LATER, revoked_by="darmo")
    a_mandate(**who, since=date(2026, 11, 30))


def test_mandate_ends_after_it_begins() -> None:
    with broken("mandate_ends_after_it_begins"):
        a_mandate(deputy=sari(), given_by=village_head(), until=date(2026, 11, 1))


def test_mandate_revocation_is_signed() -> None:
    with broken("mandate_revocation_is_signed"):
        a_mandate(deputy=sari(), given_by=village_head(), revoked_at=LATER)


def test_mandate_is_for_another() -> None:
    head = village_head()
    with broken("mandate_is_for_another"):
        a_mandate(deputy=head, given_by=head)


def test_office_closed_day_once() -> None:
    village_head()
    given = {
        "region_id": HERE,
        "on": TODAY,
        "name": "Bersih desa",
        "by": "d",
        "at": LATER,
    }
    ClosedDay.objects.create(**given)
    with broken("office_closed_day_once"):
        ClosedDay.objects.create(**given)


def an_order(**changes: Any) -> SigningOrder:
    given: dict[str, Any] = {
        "signer": village_head(),
        "village_code": HERE,
        "passphrase": Sealed.of("rahasia", SEALED_AS),
        "made_at": MORNING,
        "expires_at": MORNING + timedelta(minutes=15),
    }
    act_as(Acting.JOB)
    return SigningOrder.objects.create(**{**given, **changes})


def test_signing_order_forgets() -> None:
    order = an_order()
    with broken("signing_order_forgets"):
        SigningOrder.objects.filter(pk=order.pk).update(ended_at=LATER)
    SigningOrder.objects.filter(pk=order.pk).update(ended_at=LATER, passphrase=None)


def test_signing_order_expires() -> None:
    with broken("signing_order_expires"):
        an_order(expires_at=MORNING)


def test_order_item_once(row: LetterRequest) -> None:
    order = an_order()
    OrderItem.objects.create(order=order, request=row)
    with broken("order_item_once"):
        OrderItem.objects.create(order=order, request=row)
