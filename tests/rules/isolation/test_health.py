"""Which readings are a reason to look at once."""

from datetime import date
from decimal import Decimal

import pytest

from smartkampung.isolation.monitoring.rules.health import (
    LIMITS,
    Alarm,
    Symptom,
    Told,
    alarms,
    is_unwell,
    limits_on,
)

NOW = limits_on(date(2020, 6, 4))


@pytest.mark.parametrize(
    ("told", "found"),
    [
        pytest.param(Told(), [], id="nothing measured, nothing said"),
        pytest.param(Told(temperature=Decimal("37.9")), [], id="warm"),
        pytest.param(Told(temperature=Decimal("38.0")), [Alarm.FEVER], id="fever"),
        pytest.param(Told(spo2=95), [], id="enough oxygen"),
        pytest.param(Told(spo2=94), [Alarm.LOW_OXYGEN], id="little oxygen"),
        pytest.param(
            Told(symptoms=(Symptom.BREATHLESS,)), [Alarm.BREATHLESS], id="breathless"
        ),
        pytest.param(Told(unwell=True, symptoms=(Symptom.COUGH,)), [], id="a cough"),
        pytest.param(
            Told(temperature=Decimal("39.2"), spo2=90, symptoms=(Symptom.BREATHLESS,)),
            [Alarm.FEVER, Alarm.LOW_OXYGEN, Alarm.BREATHLESS],
            id="everything at once",
        ),
    ],
)
def test_alarms(told: Told, found: list[Alarm]) -> None:
    assert alarms(told, NOW) == found


def test_who_names_a_symptom_is_not_well() -> None:
    assert is_unwell(Told(unwell=True))
    assert is_unwell(Told(symptoms=(Symptom.COUGH,)))
    assert not is_unwell(Told(temperature=Decimal("36.5")))


def test_limits_of_any_day_say_where_they_come_from() -> None:
    assert limits_on(date(2019, 1, 1)) == LIMITS[0]
    assert all(row.legal_reference and row.source_url for row in LIMITS)
    assert all(row.verified_by == "" for row in LIMITS), "no official confirmed them"
