"""Which readings are a reason to look at once."""

from decimal import Decimal

import pytest

from smartkampung.isolation.monitoring.rules.health import (
    Alarm,
    Limits,
    Symptom,
    Told,
    alarms,
    is_unwell,
)

NOW = Limits(fever=Decimal("38.0"), spo2=95)


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
