"""The demo has a priority in force, a ranking that is kept and a scenario that waits."""

import pytest

from smartkampung.demo.priorities import CODE, set_priorities
from smartkampung.demo.staff import PLANNERS
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.recovery.targeting.queries.priorities import priorities, standing
from tests import cast
from tests.cases import NOW, TODAY
from tests.targeting import affected

SECTORS = ("guide", "boat", "hotel")
pytestmark = pytest.mark.django_db


def test_the_demo_shows_every_state() -> None:
    act_as(Kind.JOB)
    cast.places()
    for at in range(40):
        told = {"sex": "LP"[at % 2], "sector": SECTORS[at % 3]}
        affected(f"Warga {at}", income_after=at * 50_000, **told)
    set_priorities(at=NOW)
    found = standing(CODE, on=TODAY)
    assert found is not None
    assert {row.approved_at is None for row in priorities()} == {True, False}
    states = Scenario.objects.order_by("made_at").values_list("state", flat=True)
    assert list(states) == ["approved", "proposed"]
    kept = Ranked.objects.order_by("place")
    assert kept.count() == 40
    assert kept.filter(chosen=True).count() == 30
    assert all(row.score == sum(part[2] for part in row.parts) for row in kept)
    assert len(set(PLANNERS)) == 2
