"""The zone of an RT, read from the body of a version.

    {"days": 7, "bands": [
        {"colour": "yellow", "least": 1, "most": 2,
         "actions": [{"text": "...", "text_en": "..."}]}]}

Bands count houses with a confirmed case in the ``days`` that end on the day. They join
without a gap from 0 upwards, and the last is open (``most`` is null).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Colour


@dataclass(frozen=True)
class Band:
    """So many houses make this colour, and ask for these actions (text, English)."""

    colour: Colour
    least: int
    most: int | None
    actions: tuple[tuple[str, str], ...]


def read_bands(body: Mapping[str, Any]) -> list[Band]:
    """Return the bands of a body, fewest houses first."""
    bands = [
        Band(
            Colour(one["colour"]),
            one["least"],
            one["most"],
            tuple((act["text"], act["text_en"]) for act in one["actions"]),
        )
        for one in body["bands"]
    ]
    return sorted(bands, key=lambda band: band.least)


def colour(houses: int, body: Mapping[str, Any]) -> Colour:
    """Return the colour of an RT in which so many houses have a confirmed case."""
    return next(
        band.colour for band in reversed(read_bands(body)) if band.least <= houses
    )
