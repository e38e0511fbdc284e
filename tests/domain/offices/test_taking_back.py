"""A hand-over was a slip: it is taken back before its first day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from smartkampung.accounts.actions.assignments import revoke_office
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Role
from smartkampung.frontline.offices.actions.handing_over import (
    CannotTakeBack,
    TooLateToTakeBack,
    take_term_back,
)
from smartkampung.frontline.offices.models import TermHandover, TermTakenBack
from smartkampung.kernel.clock import now, today
from smartkampung.regions.actions import HeadsChanged
from smartkampung.regions.models import HeadTerm
from tests import cast
from tests.domain.offices.test_handing_over import hand_over, office, rights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


@pytest.fixture
def crew() -> dict[str, Staff]:
    """Make the village head, the RT head who leaves and Made, who follows."""
    return {
        "kades": cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE),
        "yanto": cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE),
        "made": cast.staff("made", Role.RW_HEAD, cast.RW_HERE),
    }


def heads() -> list[tuple[str, date, date | None]]:
    """Return who is named as head of the RT, from when until when."""
    rows = HeadTerm.objects.filter(region=cast.RT_HERE).order_by("since")
    return list(rows.values_list("name", "since", "until"))


def head(name: str, since: date, until: date | None = None) -> None:
    """Let somebody be named as head of the RT."""
    HeadTerm.objects.create(region_id=cast.RT_HERE, name=name, since=since, until=until)


def take_back(done: TermHandover, crew: dict[str, Staff]) -> None:
    """Let the village head take a hand-over back."""
    take_term_back(handover=done, by=rights(crew["kades"]), at=now())


def test_a_mistake_is_taken_back_before_the_first_day(crew: dict[str, Staff]) -> None:
    ends, soon = today() + timedelta(days=90), today() + timedelta(days=30)
    Assignment.objects.filter(staff=crew["yanto"]).update(until=ends)
    head("Yanto", cast.LONG_AGO)
    wrong = hand_over(crew, in_days=30)
    take_back(wrong, crew)
    assert office(crew["yanto"]).until == ends
    assert wrong.begun.pk not in holding_then(soon)
    assert heads() == [("Yanto", cast.LONG_AGO, None)]
    with pytest.raises(TooLateToTakeBack):
        take_back(wrong, crew)
    right = hand_over(crew, in_days=3)
    with pytest.raises(TooLateToTakeBack):
        take_term_back(handover=right, by=rights(crew["made"]), at=now())
    later = now() + timedelta(days=3)
    with pytest.raises(TooLateToTakeBack):
        take_term_back(handover=right, by=rights(crew["kades"]), at=later)
    assert right.begun.pk in holding_then(soon)


@pytest.mark.parametrize("planned", [None, "Nanti"])
def test_a_term_that_ends_that_day_by_itself_still_does(
    crew: dict[str, Staff], planned: str | None
) -> None:
    soon, far = today() + timedelta(days=9), today() + timedelta(days=400)
    Assignment.objects.filter(staff=crew["yanto"]).update(until=soon)
    head("Yanto", cast.LONG_AGO, soon)
    if planned:
        head(planned, soon)
    before = heads()
    done = hand_over(crew, in_days=9, until=far)
    assert heads()[1:] == [("made", soon, far)]
    take_back(done, crew)
    assert office(crew["yanto"]).until == soon
    assert heads() == before, "nobody is named beyond their term, none is forgotten"


def test_an_office_that_ended_meanwhile_does_not_come_back(
    crew: dict[str, Staff],
) -> None:
    head("Yanto", cast.LONG_AGO)
    done = hand_over(crew, in_days=9)
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    ended = office(crew["yanto"])
    revoke_office(assignment=ended, reason="left", by=admin, at=now())
    with pytest.raises(CannotTakeBack, match="sementara itu"):
        take_back(done, crew)
    assert done.begun.pk in holding_then(done.on)


def test_a_head_who_was_written_down_since_stands(crew: dict[str, Staff]) -> None:
    head("Yanto", cast.LONG_AGO)
    done = hand_over(crew, in_days=9)
    HeadTerm.objects.filter(since=done.on).update(since=done.on + timedelta(days=1))
    with pytest.raises(HeadsChanged):
        take_back(done, crew)
    assert not TermTakenBack.objects.exists()


def test_what_an_earlier_version_did_not_keep_is_not_guessed(
    crew: dict[str, Staff],
) -> None:
    done = hand_over(crew, in_days=9)
    done.was_heads = None
    with pytest.raises(CannotTakeBack, match="versi lama"):
        take_back(done, crew)


def holding_then(on: Any) -> set[int]:
    """Return the offices that hold on a day."""
    return set(holding(on).values_list("pk", flat=True))


def test_term_taken_back_append_only(crew: dict[str, Staff]) -> None:
    done = hand_over(crew, in_days=3)
    take_term_back(handover=done, by=rights(crew["kades"]), at=now())
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        TermTakenBack.objects.all().delete()
