"""A signature holds for what was read: the same gates, and not for ever."""

import copy

import pytest

from smartkampung.kernel.clock import day
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.models import SignOff, Turn
from smartkampung.reopening.pilots.rules.gates import SIGN_HOLDS
from tests.piloting import DAY, MONDAY, RECOVERY, Air, a_ready_pilot, signed_by

pytestmark = pytest.mark.django_db
FIRST, LAST = RECOVERY[:-1], RECOVERY[-1]


def stricter_gates() -> None:
    """Let stricter gates hold from tomorrow on."""
    row = Guidance.objects.get(kind="gates")
    body = copy.deepcopy(row.body)
    body["gates"][0]["needs"][3]["below"] = "20"
    Guidance.objects.create(
        kind="gates",
        since=day(MONDAY + DAY),
        body=body,
        legal_reference="Lebih ketat",
        source_url="https://example.go.id",
        by="maya",
        at=MONDAY,
        verified_by="joko",
        verified_at=MONDAY,
    )


@pytest.mark.usefixtures("air")
def test_signatures_for_laxer_gates_do_not_open_stricter_ones() -> None:
    pilot = signed_by(a_ready_pilot(), *FIRST)
    stricter_gates()
    signed_by(pilot, LAST, at=MONDAY + DAY)
    assert pilot.state == "ready"
    assert SignOff.objects.filter(fell_on=day(MONDAY + DAY)).count() == len(FIRST)
    assert Turn.objects.filter(what="signs_fell").count() == 1
    signed_by(pilot, *FIRST, at=MONDAY + 2 * DAY)
    assert pilot.state == "running"


@pytest.mark.usefixtures("air")
def test_signatures_hold_for_fourteen_days() -> None:
    pilot = signed_by(a_ready_pilot(), *FIRST)
    signed_by(pilot, LAST, at=MONDAY + SIGN_HOLDS + DAY)
    assert pilot.state == "ready"
    signed_by(pilot, *FIRST, at=MONDAY + SIGN_HOLDS + 2 * DAY)
    assert pilot.state == "running"


def test_old_signatures_fall_in_the_morning(air: Air) -> None:
    signed_by(a_ready_pilot(), *FIRST)
    watch(at=MONDAY + SIGN_HOLDS)
    assert not SignOff.objects.exclude(fell_on=None).exists()
    watch(at=MONDAY + SIGN_HOLDS + DAY)
    assert not SignOff.objects.filter(fell_on=None).exists()
    assert "14 hari" in Turn.objects.get(what="signs_fell").reason
    assert air.on == {}
