"""What the office has set: the baseline year and the thresholds, with their days."""

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


def thresholds_of(row: Setting) -> Thresholds:
    """Return the thresholds that a setting holds."""
    return Thresholds(row.body["falls_below"], row.body["recovers_above"])


def settings_for(actor: Actor, kind: Setting.Kind) -> list[Setting]:
    """Return every setting of a kind, the latest first."""
    must_see(actor)
    return list(Setting.objects.filter(kind=kind).order_by("-since", "-pk"))
