"""The curves by which recovery is told, each a sum of monthly figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from smartkampung.recovery.economy.rules.kinds import TOTAL, Kind, Measure


@dataclass(frozen=True)
class Curve:
    """A sector and what it is measured by; without an item it sums all of a kind."""

    kind: Kind
    measures: tuple[Measure, ...]
    item: str = ""


_REALISED = (Measure.REALISED,)
CURVES: Mapping[str, Curve] = {
    "pad": Curve(Kind.REVENUE, _REALISED, TOTAL),
    "hotel": Curve(Kind.REVENUE, _REALISED, "hotel"),
    "restaurant": Curve(Kind.REVENUE, _REALISED, "restaurant"),
    "entertainment": Curve(Kind.REVENUE, _REALISED, "entertainment"),
    "parking": Curve(Kind.REVENUE, _REALISED, "parking"),
    "visits": Curve(Kind.VISITS, (Measure.DOMESTIC, Measure.FOREIGN)),
    "openings": Curve(Kind.BUSINESSES, (Measure.OPENED,)),
}
