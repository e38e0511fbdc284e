"""Of a village that reopens something must be heard: silence never loosens."""

import pytest

from smartkampung.kernel.clock import day
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.moving import pause, resume
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.queries.pilots import silent
from smartkampung.worklist.models import WorkItem
from tests.piloting import DAY, MAYA, MONDAY, Air, in_new_normal

pytestmark = pytest.mark.django_db
CASES = Indicator.CASES_WEEKLY


def asked() -> int:
    return WorkItem.objects.filter(kind="pilots.silent").count()


def hush(air: Air, days: int) -> None:
    for back in range(1, days + 1):
        air.on[CASES, day(MONDAY) - back * DAY] = None


@pytest.mark.closes("pilots.silent")
def test_seven_silent_days_ask_somebody_to_look_once(air: Air) -> None:
    pilot = in_new_normal()
    hush(air, 6)
    watch(at=MONDAY)
    assert asked() == 0
    hush(air, 7)
    for _time in range(2):
        watch(at=MONDAY)
    assert (asked(), silent(pilot)) == (1, True)
    watch(at=MONDAY + DAY)  # the day itself was heard
    assert not silent(pilot)


def test_who_pauses_a_silent_village_has_answered(air: Air) -> None:
    pilot = in_new_normal()
    hush(air, 7)
    watch(at=MONDAY)
    pause(pilot=pilot, reason="Tidak ada kabar.", by=MAYA, at=MONDAY)
    assert not silent(pilot)
    watch(at=MONDAY)
    assert asked() == 1


@pytest.mark.usefixtures("air")
def test_nothing_to_look_at_lets_no_village_resume() -> None:
    pilot = in_new_normal()
    pause(pilot=pilot, reason="Kasus naik.", by=MAYA, at=MONDAY)
    row = Guidance.objects.get(kind="gates")
    Guidance.objects.create(
        kind="gates",
        since=day(MONDAY),
        body={**row.body, "worse": []},
        legal_reference="Baru",
        source_url="https://example.go.id",
        by="maya",
        at=MONDAY - DAY,
        verified_by="joko",
        verified_at=MONDAY - DAY,
    )
    with pytest.raises(PilotRefused) as caught:
        resume(pilot=pilot, reason="Tenang.", by=MAYA, at=MONDAY + DAY)
    assert caught.value.code == "cannot_decide"
