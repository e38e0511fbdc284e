"""What the database promises about accounts, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.models import (
    ApiToken,
    Assignment,
    FactorReset,
    Invitation,
    Staff,
)
from smartkampung.kernel.errors import constraint_name
from tests.cast import PUSKESMAS, dr_ratna, sari

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Expect the block to break exactly this promise."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_name(caught.value) == name


@pytest.fixture
def office() -> Assignment:
    return Assignment.objects.get(staff=sari())


def change(office: Assignment, **values: object) -> None:
    Assignment.objects.filter(pk=office.pk).update(**values)


def test_staff_username_is_lower_case() -> None:
    with broken("staff_username_is_lower_case"):
        Staff.objects.create(username="Sari", full_name="Sari")


def test_assignment_has_one_place(office: Assignment) -> None:
    with broken("assignment_has_one_place"):
        change(office, region=None)
    with broken("assignment_has_one_place"):
        change(office, health_centre=PUSKESMAS)


def test_assignment_ends_after_it_begins(office: Assignment) -> None:
    with broken("assignment_ends_after_it_begins"):
        change(office, until=office.since)
    change(office, until=office.since + timedelta(days=1))


@pytest.mark.parametrize(
    "half",
    [
        {"revoked_at": NOW},
        {"revoked_at": NOW, "revoked_by": "ayu"},
        {"revoke_reason": "moved"},
    ],
    ids=["nobody", "no reason", "no day"],
)
def test_assignment_revocation_is_signed(
    office: Assignment, half: dict[str, object]
) -> None:
    with broken("assignment_revocation_is_signed"):
        change(office, **half)
    change(office, revoked_at=NOW, revoked_by="ayu", revoke_reason="moved")


def again(office: Assignment, **changes: object) -> Assignment:
    values = {
        "staff": office.staff,
        "role": office.role,
        "region_id": office.region_id,
        "health_centre_id": office.health_centre_id,
        "since": office.since,
        "granted_by": "ayu",
        **changes,
    }
    return Assignment.objects.create(**values)


def test_assignment_not_held_twice(office: Assignment) -> None:
    with broken("assignment_not_held_twice"):
        again(office, since=TODAY)
    # One after the other is fine: periods are half-open.
    change(office, until=TODAY)
    again(office, since=TODAY)


def test_assignment_not_held_twice_at_a_health_centre() -> None:
    office = Assignment.objects.get(staff=dr_ratna())
    with broken("assignment_not_held_twice"):
        again(office, since=TODAY)


def test_token_ends_after_it_begins(office: Assignment) -> None:
    with broken("token_ends_after_it_begins"):
        ApiToken.objects.create(
            assignment=office, token_hash=b"x", created_at=NOW, expires_at=NOW
        )


def test_staff_has_one_open_invitation(office: Assignment) -> None:
    def invite(token: bytes) -> None:
        Invitation.objects.create(
            staff=office.staff,
            token_hash=token,
            invited_by="ayu",
            created_at=NOW,
            expires_at=NOW + timedelta(days=3),
        )

    invite(b"first")
    with broken("staff_has_one_open_invitation"):
        invite(b"second")
    Invitation.objects.update(closed_at=NOW)
    invite(b"second")


def ask(office: Assignment, **values: object) -> FactorReset:
    return FactorReset.objects.create(
        staff=office.staff, reason="stolen", asked_by="ayu", asked_at=NOW, **values
    )


@pytest.mark.parametrize("by", ["ayu", ""], ids=["the same person", "nobody"])
def test_factor_reset_needs_two_people(office: Assignment, by: str) -> None:
    with broken("factor_reset_needs_two_people"):
        ask(office, decided_by=by, decided_at=NOW, granted=True)
    ask(office, decided_by="dwi", decided_at=NOW, granted=True)


def test_staff_has_one_open_factor_reset(office: Assignment) -> None:
    ask(office)
    with broken("staff_has_one_open_factor_reset"):
        ask(office)
