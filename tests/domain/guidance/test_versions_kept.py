"""Guidance is versions: the past stays as it was, and two people stand behind one."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import constraint_name
from smartkampung.reopening.guidance.actions import BadGuidance, confirm
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import begins_next, holds_from, in_force
from smartkampung.reopening.guidance.rules.kinds import Kind

pytestmark = pytest.mark.django_db
MORNING = datetime(2021, 5, 1, 8, tzinfo=WIB)


def written(since: date = date(2021, 5, 2)) -> Guidance:
    return Guidance.objects.create(
        kind=Kind.PHASES, since=since, body={"phases": []}, by="ketut", at=MORNING
    )


def test_nothing_is_prescribed_before_the_first_version() -> None:
    assert in_force(Kind.RT_ZONE, date(2021, 2, 8)) is None
    first = in_force(Kind.RT_ZONE, date(2021, 2, 9))
    assert first is not None
    assert first.legal_reference == "Inmendagri 3/2021"


def confirmed(row: Guidance, at: datetime = MORNING) -> Guidance:
    Guidance.objects.filter(pk=row.pk).update(verified_by="maya", verified_at=at)
    row.refresh_from_db()
    return row


def test_the_next_version_holds_from_its_day_on() -> None:
    row = confirmed(written())
    assert in_force(Kind.PHASES, date(2021, 5, 1)) != row
    assert in_force(Kind.PHASES, date(2021, 5, 2)) == row
    assert holds_from(row) == date(2021, 5, 2)


def test_what_one_person_wrote_does_not_hold() -> None:
    before = in_force(Kind.PHASES, date(2021, 6, 1))
    assert before is not None
    assert before.by == "system"
    assert holds_from(before) == before.since
    row = written()
    assert in_force(Kind.PHASES, date(2021, 6, 1)) == before
    assert holds_from(row) is None
    assert begins_next(Kind.PHASES, date(2021, 5, 1)) is None


def test_what_is_confirmed_late_holds_from_the_next_day_on() -> None:
    row = confirmed(written(), datetime(2021, 5, 9, 23, 59, tzinfo=WIB))
    assert in_force(Kind.PHASES, date(2021, 5, 9)) != row
    assert in_force(Kind.PHASES, date(2021, 5, 10)) == row
    assert begins_next(Kind.PHASES, date(2021, 5, 9)) == date(2021, 5, 10)


def test_a_confirmed_version_is_not_beaten_by_one_that_nobody_confirmed() -> None:
    row = confirmed(written())
    written()
    assert in_force(Kind.PHASES, date(2021, 5, 2)) == row


def test_what_cannot_hold_any_more_is_not_confirmed() -> None:
    """Written when less was asked of a version, or while another gate stood."""
    row = written()
    with pytest.raises(BadGuidance):
        confirm(version=row.pk, by=Actor(1, "maya"), at=MORNING)
    row.refresh_from_db()
    assert row.verified_by == ""


def test_guidance_begins_later() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        written(since=date(2021, 5, 1))
    assert constraint_name(caught.value) == "guidance_begins_later"


def test_guidance_confirmed_by_another() -> None:
    row = written()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Guidance.objects.filter(pk=row.pk).update(
            verified_by="ketut", verified_at=MORNING
        )
    assert constraint_name(caught.value) == "guidance_confirmed_by_another"


def test_guidance_only_confirmed() -> None:
    row = written()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Guidance.objects.filter(pk=row.pk).update(body={})


def test_guidance_kept() -> None:
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Guidance.objects.all().delete()
