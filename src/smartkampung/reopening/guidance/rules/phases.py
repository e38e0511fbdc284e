"""What may open in a phase and under a colour, read from the body of a version.

    {"phases": [{"code": "recovery", "name": "Pemulihan", "name_en": "Recovery",
                 "settings": {"mosque": 50, "festival": 0}, "gathering": 30}],
     "colours": {"red": {"settings": {"mosque": 0}, "gathering": 3}}}

A number is the percentage of the usual capacity that may be used, and 0 means closed.
What is not named is closed in a phase, and left as it is by a colour. ``gathering`` is
the most people who may come together; without it none is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting

OPEN = 100


@dataclass(frozen=True)
class Phase:
    """One phase of a version: its words, and the capacity of each setting in %."""

    code: str
    name: str
    name_en: str
    settings: Mapping[Setting, int]
    gathering: int | None = None


def read_phases(body: Mapping[str, Any]) -> list[Phase]:
    """Return the phases of a body, the strictest first, as they are written."""
    return [
        Phase(
            one["code"],
            one["name"],
            one["name_en"],
            {setting: one["settings"].get(setting, 0) for setting in Setting},
            one.get("gathering"),
        )
        for one in body["phases"]
    ]


def read_caps(
    body: Mapping[str, Any], colour: Colour | None
) -> tuple[dict[Setting, int], int | None]:
    """Return what a colour leaves open (%), and the most people who may gather.

    Where nobody can decide, whoever asks names the last colour that was decided, so
    that silence loosens nothing; None is for a village, or an RT never decided.
    """
    cap = body.get("colours", {}).get(colour, {})
    settings = cap.get("settings", {})
    return (
        {setting: settings.get(setting, OPEN) for setting in Setting},
        cap.get("gathering"),
    )


def told_as(body: Mapping[str, Any], colour: Colour) -> tuple[Colour, ...]:
    """Return the colours among which a zone is told to everybody.

    Yellow that closes no more than green says only that one or two houses have cases,
    which nobody needs to know to keep the rules: then the two are one (ADR 58).
    """
    pale = (Colour.GREEN, Colour.YELLOW)
    green, yellow = (read_caps(body, one) for one in pale)
    return pale if colour in pale and green == yellow else (colour,)


def capacity(phase: Phase, caps: Mapping[Setting, int], setting: Setting) -> int:
    """Return the percentage of its usual capacity that a setting may use."""
    return min(phase.settings[setting], caps[setting])


def crowd(phase: Phase, cap: int | None) -> int | None:
    """Return the most who may gather: the less of phase and colour; None where no limit is set."""
    return min((one for one in (phase.gathering, cap) if one is not None), default=None)


def may_come(usual: int, percent: int) -> int:
    """Return how many of the usual number may come, rounded down; an open place one."""
    return max(1, usual * percent // OPEN) if usual and percent > 0 else 0
