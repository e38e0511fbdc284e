"""The register book of a village as a file: numbers and kinds, and nobody's name."""

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.letters.requests.queries.letters import (
    BookLine,
    bare_lines,
    register_for,
)
from smartkampung.regions.models import Region


def take_book(*, village_code: str, year: int, by: Actor) -> list[BookLine]:
    """Return a year of the book as it leaves the office, and write down who took it.

    In the order of the numbers; nothing outside the actor's places. A file with every
    name of a year would be a list of who is poor, widowed or ill: names stay on the
    page, where each look is written down.
    """
    lines = bare_lines(register_for(by, village_code, year).reverse())
    record(
        "letters.book_taken",
        target=Region.objects.get(pk=village_code),
        by=by.username,
        region_code=village_code,
        year=year,
        lines=len(lines),
    )
    return lines
