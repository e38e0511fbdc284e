"""What the database promises about phones and about what comes from them."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from smartkampung.accounts.models import Device
from smartkampung.frontline.field.models import CORRECTION, ENVELOPE, Photo, Record
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from tests import cases, cast
from tests.fieldwork import Phone, a_record, phone_of

pytestmark = pytest.mark.django_db


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Expect the block to break exactly this promise."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_name(caught.value) == name


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        yield


@pytest.fixture
def phone() -> Phone:
    act_as(Kind.JOB)
    return phone_of(cast.sari())


def change(row: Record, **values: Any) -> None:
    Record.objects.filter(pk=row.pk).update(**values)


def test_device_ends_after_it_begins(phone: Phone) -> None:
    with broken("device_ends_after_it_begins"):
        Device.objects.update(expires_at=now() - timedelta(days=9))


def test_device_revocation_is_signed(phone: Phone) -> None:
    with broken("device_revocation_is_signed"):
        Device.objects.update(revoked_at=now())


def test_field_record_form_once(phone: Phone) -> None:
    first = a_record(phone)
    with broken("field_record_form_once"):
        a_record(phone, form_id=first.form_id, mac=b"other")
    a_record(phone, form_id=first.form_id, mac=b"other", first=first)


def test_field_record_body_once(phone: Phone) -> None:
    first = a_record(phone)
    with broken("field_record_body_once"):
        a_record(phone, form_id=first.form_id, first=first)


@pytest.mark.parametrize(
    "values",
    [{"mac": b"x"}, {"envelope": None}, {"kind": "x"}, {"happened_at": None}],
    ids=lambda values: next(iter(values)),
)
def test_field_record_keeps_what_came(phone: Phone, values: dict[str, Any]) -> None:
    row = a_record(phone)
    if "envelope" in values:
        values = {"envelope": Sealed.of("other", ENVELOPE)}
    if "happened_at" in values:
        values = {"happened_at": now() - timedelta(days=1)}
    with pytest.raises(DatabaseError), transaction.atomic():
        change(row, **values)


def test_field_record_is_kept(phone: Phone) -> None:
    row = a_record(phone)
    with refused():
        row.delete()


def test_field_record_needs_two_people(phone: Phone) -> None:
    row = a_record(phone)
    with broken("field_record_needs_two_people"):
        change(row, decided_by=phone.staff, decided_at=now())


def test_field_record_decision_is_signed(phone: Phone) -> None:
    row = a_record(phone)
    with broken("field_record_decision_is_signed"):
        change(row, decided_at=now())


def test_field_record_set_aside_says_why(phone: Phone) -> None:
    row, endang = a_record(phone), cast.camat()
    signed = {"decided_by": endang, "decided_at": now(), "state": State.SET_ASIDE}
    with broken("field_record_set_aside_says_why"):
        change(row, **signed)
    change(row, **signed, note="Sudah dicatat di kertas.")


def test_field_record_correction_says_why(phone: Phone) -> None:
    row, endang = a_record(phone), cast.camat()
    corrected = {"corrections": Sealed.of("{}", CORRECTION), "decided_at": now()}
    with broken("field_record_correction_says_why"):
        change(row, **corrected, decided_by=endang)
    change(row, **corrected, decided_by=endang, note="Ditanyakan lagi.")


def test_field_record_sent_back_says_why(phone: Phone) -> None:
    row, endang = a_record(phone), cast.camat()
    signed = {"state": State.SENT_BACK, "decided_by": endang, "decided_at": now()}
    with broken("field_record_sent_back_says_why"):
        change(row, state=State.SENT_BACK)
    with broken("field_record_sent_back_says_why"):
        change(row, **signed)
    change(row, **signed, note="Tanggalnya keliru.")


def a_kept_photo(phone: Phone) -> Photo:
    return Photo.objects.create(
        photo_id=uuid.uuid5(uuid.NAMESPACE_OID, "photo"),
        staff=phone.staff,
        upload_id=cases.a_photo(),
        sha256=b"x",
        received_at=now(),
    )


def test_field_photo_once(phone: Phone) -> None:
    a_kept_photo(phone)
    with broken("field_photo_once"):
        a_kept_photo(phone)


def test_field_photo_append_only(phone: Phone) -> None:
    row = a_kept_photo(phone)
    acts: tuple[Callable[[], object], ...] = (
        row.delete,
        lambda: Photo.objects.update(sha256=b"y"),
    )
    for act in acts:
        with refused():
            act()


@pytest.mark.parametrize(
    ("scope", "health", "seen"),
    [
        ([cast.HERE], [], 1),
        ([cast.NEXT_DOOR], [], 0),
        ([cast.HERE], [cast.HERE], 2),
        ([], [cast.NEXT_DOOR], 0),
        ([], [cast.HERE], 1),
    ],
)
def test_records_stand_behind_place_and_health(
    phone: Phone, scope: list[str], health: list[str], seen: int
) -> None:
    a_record(phone)
    a_record(phone, health=True, mac=b"h")
    act_as(Kind.STAFF, scope=scope, health=health)
    assert Record.objects.count() == seen
    act_as(Kind.PUBLIC)
    assert Record.objects.count() == 0


def test_a_dump_holds_no_word_of_what_came(phone: Phone) -> None:
    form = phone.form("x", None, {"name": "Ketut Rahasia"})
    phone.send_one(form)
    act_as(Kind.JOB)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM field_record r")
        assert "Ketut" not in str(cursor.fetchall())
