"""What aid somebody who reports may get, for anybody to read."""

from dataclasses import dataclass
from datetime import date

from smartkampung.aid.models import Programme
from smartkampung.aid.queries.conflicts import running
from smartkampung.kernel.language import either


@dataclass(frozen=True)
class Offer:
    """A programme in the reader's language; ``rupiah`` is None for goods."""

    name: str
    for_family: bool
    period: str
    rupiah: int | None
    contents: str
    funding: str


def offers(on: date) -> list[Offer]:
    """Return the programmes that take reports on a day, by name."""
    rows = Programme.objects.filter(running(on), takes_reports=True)
    found = [
        Offer(
            name=either(row.name, row.name_en),
            for_family=row.unit == Programme.Unit.FAMILY,
            period=row.period,
            rupiah=row.amount if row.commodity == "IDR" else None,
            contents=either(row.contents, row.contents_en),
            funding=row.funding,
        )
        for row in rows
    ]
    return sorted(found, key=lambda offer: offer.name)
