"""Letters: what only an operator can bring up to date."""

from collections.abc import Iterator

from smartkampung.cli.checks.notes import Note
from smartkampung.kernel.clock import today
from smartkampung.letters.requests.queries.villages import year_without_holidays


def holidays() -> Iterator[str]:
    """Find a year that has begun, or soon begins, without public holidays."""
    year = year_without_holidays(today())
    if year is not None:
        yield Note(
            f"No public holidays of {year} are known: letters are promised for days on"
            " which nobody works. When the joint decree is there, run: smartkampung"
            f' letters holidays FILE --year {year} --source "SKB ..."'
        )
