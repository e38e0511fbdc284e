"""A phase says what may open, and a colour may close more of it, never less."""

from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.guidance.rules.phases import (
    capacity,
    read_caps,
    read_phases,
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


def test_an_unknown_colour_neither_closes_nor_opens() -> None:
    (phase,) = read_phases(BODY)
    caps, gathering = read_caps(BODY, None)
    assert capacity(phase, caps, Setting.MOSQUE) == 50
    assert gathering is None
