"""The chart of balance: how far groups lie apart in each variable, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartkampung.reopening.comparison.rules.matching import FAIR, Balance

LEFT, RIGHT, TOP, STEP = 8, 312, 26, 30
FURTHEST = 2.0


@dataclass(frozen=True)
class Row:
    """One variable: two marks on its line; no mark where nothing can be said."""

    label: str
    label_y: int
    y: int
    before: str
    after: str


@dataclass(frozen=True)
class Love:
    """A whole chart; what lies left of ``fair_x`` is alike enough."""

    rows: tuple[Row, ...]
    fair_x: str
    height: int
    foot: int


def love(balance: Sequence[Balance], names: Mapping[str, str]) -> Love | None:
    """Return the chart of some variables, by the size of their differences."""
    if not balance:
        return None
    known = [
        abs(value)
        for one in balance
        for value in (one.before, one.after)
        if value is not None
    ]
    most = min(max([FAIR * 2, *known]), FURTHEST)

    def x(value: float | None) -> str:
        if value is None:
            return ""
        return f"{LEFT + (RIGHT - LEFT) * min(abs(value), most) / most:.1f}"

    foot = TOP + STEP * len(balance)
    return Love(
        tuple(
            Row(
                names[one.variable],
                TOP + STEP * at,
                TOP + STEP * at + 10,
                x(one.before),
                x(one.after),
            )
            for at, one in enumerate(balance)
        ),
        x(FAIR),
        foot + 12,
        foot,
    )
