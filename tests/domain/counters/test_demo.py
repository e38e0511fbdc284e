"""The demo keeps office hours, and always has a queue to show."""

from datetime import datetime

import pytest

from smartkampung.demo import counters as demo
from smartkampung.kernel.clock import WIB, day
from smartkampung.reopening.counters.models import Booking, Opening
from smartkampung.reopening.counters.rules.states import State
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "last", "following"),
    [
        pytest.param((27, 9, 30), 27, 30, id="Friday while it is open"),
        pytest.param((27, 22, 0), 27, 30, id="Friday night"),
        pytest.param((28, 12, 0), 27, 30, id="Saturday"),
        pytest.param((29, 22, 30), 27, 30, id="Sunday night"),
        pytest.param((30, 6, 0), 27, 30, id="Monday before it opens"),
        pytest.param((25, 8, 0), 25, 26, id="Wednesday as it opens"),
    ],
)
def test_whatever_the_hour_there_is_a_queue(
    at: tuple[int, int, int], last: int, following: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.places()
    monkeypatch.setattr(demo, "COUNTERS", ((cast.HERE, "Pelayanan umum", "kades"),))
    number, hour, minute = at
    now = datetime(2026, 11, number, hour, minute, tzinfo=WIB)
    demo.tell_counters(at=now)
    rows = Booking.objects.all()
    assert {row.on.day for row in rows} == {last, following}
    assert rows.filter(on__day=last, state=State.SERVED).count() == demo.SERVED
    assert rows.filter(on__day=last, state=State.ARRIVED).exists()
    assert rows.filter(on__gt=day(now)).exists() or following == number
    assert set(Opening.objects.values_list("weekday", flat=True)) == set(range(5))
    assert max(Opening.objects.values_list("closes", flat=True)) <= 16 * 60
