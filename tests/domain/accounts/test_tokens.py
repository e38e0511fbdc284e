"""A token acts in one office of its owner, for as long as both last."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings

from smartkampung.accounts.actions import assign
from smartkampung.accounts.actions.tokens import issue_token, revoke_token
from smartkampung.accounts.models import ApiToken, Assignment, Staff
from smartkampung.accounts.queries import actor_for_token
from smartkampung.accounts.roles import Permission, Role
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, dr_ratna, sari

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture
def office() -> Assignment:
    return Assignment.objects.get(staff=sari())


def issue(office: Assignment) -> str:
    return issue_token(
        assignment=office, name="tablet", lives=timedelta(days=30), by="sari", at=NOW
    )


def test_it_carries_the_rights_of_its_office_only(office: Assignment) -> None:
    assign(
        staff=office.staff,
        role=Role.KECAMATAN_OFFICER,
        region_code=KECAMATAN,
        since=date(2020, 1, 1),
        by="test",
    )
    actor = actor_for_token(issue(office), at=NOW)
    assert actor is not None
    assert actor.username == "sari"
    assert actor.regions_where(Permission.FIELD_CHECK) == (HERE,)
    assert not actor.may(Permission.CLAIM_DECIDE)


def test_it_covers_the_villages_of_a_health_centre() -> None:
    office = Assignment.objects.get(staff=dr_ratna())
    actor = actor_for_token(issue(office), at=NOW)
    assert actor is not None
    assert actor.regions_where(Permission.RESIDENT_FIND) == (HERE, NEXT_DOOR)


def test_only_its_hash_is_kept(office: Assignment) -> None:
    text = issue(office)
    assert text.removeprefix("sk_").encode() not in bytes(
        ApiToken.objects.get().token_hash
    )


def ends(office: Assignment) -> None:
    Assignment.objects.filter(pk=office.pk).update(until=NOW.date())


def is_revoked(office: Assignment) -> None:
    Assignment.objects.filter(pk=office.pk).update(
        revoked_at=NOW, revoked_by="admin", revoke_reason="moved"
    )


def is_disabled(office: Assignment) -> None:
    Staff.objects.filter(pk=office.staff_id).update(is_active=False)


def loses_its_token(office: Assignment) -> None:
    revoke_token(token=ApiToken.objects.get(), by="sari", at=NOW)


@pytest.mark.parametrize("fate", [ends, is_revoked, is_disabled, loses_its_token])
def test_it_dies_when_its_office(
    office: Assignment, fate: Callable[[Assignment], None]
) -> None:
    text = issue(office)
    assert actor_for_token(text, at=NOW) is not None
    fate(office)
    assert actor_for_token(text, at=NOW) is None


def test_it_ends_by_itself(office: Assignment) -> None:
    text = issue(office)
    later = NOW + timedelta(days=30)
    assert actor_for_token(text, at=later - timedelta(seconds=1)) is not None
    assert actor_for_token(text, at=later) is None


def test_a_made_up_token_opens_nothing() -> None:
    assert actor_for_token("sk_made-up", at=NOW) is None


def test_a_token_of_the_demo_opens_nothing_outside_the_demo(
    office: Assignment, settings: LazySettings
) -> None:
    text = issue(office)
    Staff.objects.update(is_demo=True)
    settings.DEMO = True
    assert actor_for_token(text, at=NOW) is not None
    settings.DEMO = False
    assert actor_for_token(text, at=NOW) is None
