"""A phase says what may open, and a colour may close more of it, never less."""

from typing import Any

import pytest

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.guidance.rules.phases import (
    capacity,
    crowd,
    read_caps,
    read_phases,
    told_as,
)

BODY: dict[str, Any] = {
    "phases": [
        {
            "code": "recovery",
            "name": "Pemulihan",
            "name_en": "Recovery",
            "settings": {"mosque": 50, "market": 75},
        }
    ],
    "colours": {"red": {"settings": {"mosque": 0}, "gathering": 3}},
}


def test_what_a_phase_does_not_name_is_closed() -> None:
    (phase,) = read_phases(BODY)
    assert phase.settings[Setting.FESTIVAL] == 0


def test_a_colour_closes_what_it_names_and_leaves_the_rest() -> None:
    (phase,) = read_phases(BODY)
    caps, gathering = read_caps(BODY, Colour.RED)
    assert capacity(phase, caps, Setting.MOSQUE) == 0
    assert capacity(phase, caps, Setting.MARKET) == 75
    assert gathering == 3


def test_green_and_yellow_are_one_word_where_they_bind_alike() -> None:
    pale = (Colour.GREEN, Colour.YELLOW)
    assert [told_as(BODY, one) for one in Colour] == [
        *(pale, pale, (Colour.ORANGE,), (Colour.RED,))
    ]
    binds = {"colours": {"yellow": {"gathering": 20}}}
    assert told_as(binds, Colour.GREEN) == (Colour.GREEN,)
    assert told_as(binds, Colour.YELLOW) == (Colour.YELLOW,)


@pytest.mark.parametrize(
    ("phase", "cap", "most"),
    [(None, None, None), (30, None, 30), (None, 3, 3), (30, 3, 3), (10, 20, 10)],
)
def test_phase_and_colour_together_say_how_many_may_gather(
    phase: int | None, cap: int | None, most: int | None
) -> None:
    told = {} if phase is None else {"gathering": phase}
    (one,) = read_phases({"phases": [{**BODY["phases"][0], **told}]})
    assert crowd(one, cap) == most


def test_an_unknown_colour_neither_closes_nor_opens() -> None:
    (phase,) = read_phases(BODY)
    caps, gathering = read_caps(BODY, None)
    assert capacity(phase, caps, Setting.MOSQUE) == 50
    assert gathering is None
