"""Turns maps and counts into the plain values that components/map and chart draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise

from smartkampung.regions.maps import RegionMap, Shape

Words = str | Promise
LETTERS_ACROSS = 55


@dataclass(frozen=True)
class Drawn:
    """One region as the template draws it."""

    path: str
    x: int
    y: int
    label: str
    spoken: str
    url: str
    shade: str


@dataclass(frozen=True)
class Drawing:
    """A whole map as the template draws it."""

    key: str
    title: Words
    about: Words
    view_box: str
    edges: str
    indicative: bool
    source: str
    missing: tuple[str, ...]
    text_size: int
    shapes: tuple[Drawn, ...]


def drawing(
    region_map: RegionMap,
    *,
    title: Words,
    about: Words,
    url: Callable[[Shape], str],
    spoken: Callable[[Shape], str],
    shade: Callable[[Shape], str] = lambda shape: "",
    key: str = "map",
) -> Drawing:
    """Return a map with links, spoken names and shades for its regions."""
    width = int(region_map.view_box.split()[2])
    return Drawing(
        key=key,
        title=title,
        about=about,
        view_box=region_map.view_box,
        edges=region_map.edges,
        indicative=region_map.indicative,
        source=region_map.source,
        missing=region_map.missing,
        text_size=round(width / LETTERS_ACROSS),
        shapes=tuple(
            Drawn(s.path, s.x, s.y, s.name, spoken(s), url(s), shade(s))
            for s in region_map.shapes
        ),
    )


@dataclass(frozen=True)
class Bar:
    """One bar: how long it is (0 to 100, as SVG writes it) and what stands beside."""

    label: str
    shown: str
    width: str
    state: str = ""
    url: str = ""


def bars(rows: Sequence[tuple[str, float, str, str, str]]) -> list[Bar]:
    """Return bars for (label, value, shown, state, url); the longest fills the room."""
    most = max((value for _, value, *_ in rows), default=0)
    return [
        Bar(label, shown, f"{100 * value / most:.1f}" if most else "0", state, url)
        for label, value, shown, state, url in rows
    ]


def shades(values: Mapping[str, float | None], *, steps: int = 4) -> dict[str, str]:
    """Return the shade of each value, in steps of equal width up to the largest.

    Nought and what is not known or not shown stay blank.
    """
    most = max((value for value in values.values() if value), default=0)
    return {key: _shade(value or 0, most, steps) for key, value in values.items()}


def _shade(value: float, most: float, steps: int) -> str:
    if value <= 0 or most <= 0:
        return "shade-none"
    return f"shade-{min(steps, ceil(steps * value / most))}"


@dataclass(frozen=True)
class Dot:
    """One point of a line: where it is, as SVG writes it, and what stands there."""

    x: str
    y: str
    label: str
    shown: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """A line over time and its points."""

    points: str
    dots: tuple[Dot, ...]


LINE_LEFT, LINE_RIGHT, LINE_TOP, LINE_BOTTOM = 16, 304, 22, 108


def line(rows: Sequence[tuple[str, float, str]]) -> Line | None:
    """Return the line of (label, value, shown); nothing for less than two points.

    The scale fits the values, because a registry moves by tenths.
    """
    if len(rows) < 2:
        return None
    values = [value for _, value, _ in rows]
    low, high = min(values), max(values)
    step = (LINE_RIGHT - LINE_LEFT) / (len(rows) - 1)
    spread = (high - low) or 1
    dots = tuple(
        Dot(
            f"{LINE_LEFT + step * at:.1f}",
            f"{LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * (value - low) / spread:.1f}",
            label,
            shown,
            "start" if at == 0 else "end" if at == len(rows) - 1 else "middle",
        )
        for at, (label, value, shown) in enumerate(rows)
    )
    return Line(" ".join(f"{dot.x},{dot.y}" for dot in dots), dots)
