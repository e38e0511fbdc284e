"""The demo's months are made up and say so; its real figures are real and apart."""

import time
from datetime import date, datetime

import pytest
from django.db.models import Max, Min

from smartkampung.demo.economy import tell_economy
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.economy.models import Alert, Figure, KnownFigure
from smartkampung.recovery.economy.queries.curves import curves
from tests.economy import office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def test_the_demo_tells_a_fall_a_recovery_and_one_alert() -> None:
    by = office()
    act_as(Acting.JOB)
    began = time.perf_counter()
    tell_economy(at=NOW, seed=7, by=by)
    assert time.perf_counter() - began < 3, "0.3 s on a quiet machine"
    assert not Figure.objects.filter(synthetic=False).exists()
    span = Figure.objects.aggregate(first=Min("month"), last=Max("month"))
    assert span == {"first": date(2019, 1, 1), "last": date(2026, 10, 1)}
    assert KnownFigure.objects.filter(doubtful=True).exists()
    alert = Alert.objects.get()
    assert (alert.curve, alert.turn, alert.synthetic) == ("entertainment", "fell", True)
    found = curves(baseline=2019)
    assert set(found) >= {"pad", "hotel", "visits", "openings"}
    hotel = {point.month: point.index.value for point in found["hotel"].points}
    assert (hotel[date(2020, 5, 1)] or 99) < 15
    assert (hotel[date(2025, 5, 1)] or 0) > 90
    for drawn in found.values():
        assert all(point.index.value is not None for point in drawn.points), drawn.code
