"""When who has not answered is reminded."""

from datetime import date, timedelta

import pytest

from smartkampung.frontline.voice.rules.asking import Ask, reminds_on
from smartkampung.frontline.voice.rules.broadcasting import (
    DANGERS,
    Danger,
    Wording,
    cap_of,
    is_large,
    wordings_for,
)

SAID = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("asks", "due", "days"),
    [
        (Ask.READ, None, []),
        (Ask.READ, 4, []),
        (Ask.ACKNOWLEDGE, None, [2, 5]),
        (Ask.ACT, 9, [2, 5, 8]),
        (Ask.ACT, 3, [2]),
        (Ask.ACT, 1, [0]),
    ],
)
def test_reminders_come_seldom_and_never_late(
    asks: Ask, due: int | None, days: list[int]
) -> None:
    due_on = None if due is None else SAID + timedelta(days=due)
    found = [
        day
        for day in range(20)
        if reminds_on(
            asks=asks, said_on=SAID, due_on=due_on, today=SAID + timedelta(days=day)
        )
    ]
    assert found == days


def test_many_families_or_much_money_need_a_second_person() -> None:
    assert not is_large(families=200, cost=75_000)
    assert is_large(families=201, cost=0)
    assert is_large(families=1, cost=75_001)
    assert cap_of("rt") == cap_of("village") < cap_of("kecamatan") < cap_of("regency")


def test_only_the_warning_of_the_very_danger_is_offered() -> None:
    assert set(wordings_for(Danger.FLOOD)) - set(wordings_for("")) == {Wording.FLOOD}
    assert not {*DANGERS, Wording.CALLED_OFF} & set(wordings_for(""))
