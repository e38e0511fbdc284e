"""A hand-over was a slip: it is taken back before its first day."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Role
from smartkampung.frontline.offices.actions.handing_over import (
    TooLateToTakeBack,
    take_term_back,
)
from smartkampung.frontline.offices.models import TermTakenBack
from smartkampung.kernel.clock import now, today
from smartkampung.regions.actions import let_follow
from smartkampung.regions.models import HeadTerm
from tests import cast
from tests.domain.offices.test_handing_over import hand_over, office, rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew() -> dict[str, Staff]:
    """Make the village head, the RT head who leaves and Made, who follows."""
    return {
        "kades": cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE),
        "yanto": cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE),
        "made": cast.staff("made", Role.RW_HEAD, cast.RW_HERE),
    }


def test_a_mistake_is_taken_back_before_the_first_day(crew: dict[str, Staff]) -> None:
    ends, soon = today() + timedelta(days=90), today() + timedelta(days=30)
    Assignment.objects.filter(staff=crew["yanto"]).update(until=ends)
    let_follow(region_code=cast.RT_HERE, name="Yanto", on=cast.LONG_AGO, until=None)
    wrong = hand_over(crew, in_days=30)
    kades = rights(crew["kades"])
    take_term_back(handover=wrong, by=kades, at=now())
    assert office(crew["yanto"]).until == ends
    assert wrong.begun.pk not in holding_then(soon)
    assert [term.name for term in HeadTerm.objects.filter(region=cast.RT_HERE)] == [
        "Yanto"
    ]
    with pytest.raises(TooLateToTakeBack):
        take_term_back(handover=wrong, by=kades, at=now())
    right = hand_over(crew, in_days=3)
    with pytest.raises(TooLateToTakeBack):
        take_term_back(handover=right, by=rights(crew["made"]), at=now())
    with pytest.raises(TooLateToTakeBack):
        take_term_back(handover=right, by=kades, at=now() + timedelta(days=3))
    assert right.begun.pk in holding_then(soon)


def holding_then(on: Any) -> set[int]:
    """Return the offices that hold on a day."""
    return set(holding(on).values_list("pk", flat=True))


def test_term_taken_back_append_only(crew: dict[str, Staff]) -> None:
    done = hand_over(crew, in_days=3)
    take_term_back(handover=done, by=rights(crew["kades"]), at=now())
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        TermTakenBack.objects.all().delete()
