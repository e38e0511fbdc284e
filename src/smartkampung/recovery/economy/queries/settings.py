"""What the office has set: the baseline year and the thresholds, with their days."""

from collections.abc import Iterable
from datetime import date

from smartkampung.accounts.actor import Actor
from smartkampung.recovery.economy.models import Setting as Setting
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.rules.falling import Thresholds


def in_force(kind: Setting.Kind, on: date) -> Setting:
    """Return the setting of a day; the first also stands before its time."""
    rows = Setting.objects.filter(kind=kind)
    begun = rows.filter(since__lte=on).order_by("-since", "-pk").first()
    return begun or rows.earliest("since", "pk")


def baseline_on(on: date) -> int:
    """Return the year that months are compared with."""
    return int(in_force(Setting.Kind.BASELINE, on).body["year"])


def baselines_on(days: Iterable[date]) -> dict[date, int]:
    """Return the year that months were compared with on each of some days."""
    rows = list(
        Setting.objects.filter(kind=Setting.Kind.BASELINE).order_by("since", "pk")
    )
    return {
        on: int(
            max(
                (row for row in rows if row.since <= on), default=rows[0], key=_order
            ).body["year"]
        )
        for on in days
    }


def _order(row: Setting) -> tuple[date, int]:
    return row.since, row.pk


def thresholds_of(row: Setting) -> Thresholds:
    """Return the thresholds that a setting holds."""
    return Thresholds(row.body["falls_below"], row.body["recovers_above"])


def settings_for(actor: Actor, kind: Setting.Kind) -> list[Setting]:
    """Return every setting of a kind, the latest first."""
    must_see(actor)
    return list(Setting.objects.filter(kind=kind).order_by("-since", "-pk"))
