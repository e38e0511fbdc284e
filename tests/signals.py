"""Signals for tests: Kadek of Dinkes writes them down, the bupati reads them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Heard
from smartkampung.reopening.signals.actions.reporting import Subject, report_day
from smartkampung.reopening.signals.models import DayReport
from smartkampung.reopening.signals.rules.kinds import Kind, Numbers
from tests import cast
from tests.cast import REGENCY

NOW = datetime(2020, 7, 13, 9, 0, tzinfo=WIB)  # a Monday
TODAY = NOW.date()
HOSPITAL = "RSUD Contoh"


def kadek_account() -> Staff:
    """Make the account of Dinkes."""
    return cast.staff("kadek", Role.DINKES, REGENCY, name="Kadek Ayu")


def kadek() -> Actor:
    """Make whoever enters signals."""
    return actor_for(kadek_account(), on=TODAY)


def told(
    by: Actor,
    kind: Kind,
    first: int,
    second: int,
    *,
    on: date = TODAY,
    place: str = "",
    reason: str = "",
) -> DayReport:
    """Let somebody tell of a day of the regency."""
    return report_day(
        about=Subject(kind, REGENCY, place, on),
        numbers=Numbers(first, second),
        source="Laporan harian Dinkes",
        reason=reason,
        new_place=True,
        by=by,
        at=NOW,
    )


def week_until(on: date) -> list[date]:
    """Return the 7 days that end on a day."""
    return [on - timedelta(days=back) for back in range(6, -1, -1)]


def hear(last: date, *, days: int, villages: Sequence[str] = ()) -> None:
    """Let Puskesmas tell of the days that end on one: of some villages, or of all."""
    every = villages_of(REGENCY).values_list("code", flat=True)
    Heard.objects.bulk_create(
        (
            Heard(
                village_code=village, day=last - timedelta(days=n), by="ratna", at=NOW
            )
            for village in villages or every
            for n in range(days)
        ),
        ignore_conflicts=True,
    )
