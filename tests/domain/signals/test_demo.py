"""The demo's reports are made up and say so; one hospital is silent for a day."""

from datetime import timedelta

import pytest

from smartkampung.demo.signals import SOURCE, tell_signals
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.models import DayReport, OfficialColour
from smartkampung.reopening.signals.queries import readings
from tests import cast
from tests.cast import REGENCY
from tests.signals import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_tells_two_months_marked_as_made_up() -> None:
    cast.places()
    act_as(Kind.JOB)
    tell_signals(region=REGENCY, name="Blambangan", seed=7, at=NOW)
    assert not DayReport.objects.exclude(source=SOURCE).exists()
    assert set(OfficialColour.objects.values_list("note", flat=True)) == {SOURCE}
    yesterday = TODAY - timedelta(days=1)
    found = readings(REGENCY, yesterday)
    assert found[Indicator.POSITIVITY].value is not None
    assert found[Indicator.BED_OCCUPANCY].value is not None
    silent = readings(REGENCY, yesterday - timedelta(days=3))
    assert silent[Indicator.BED_OCCUPANCY].value is not None, "told the day before"
