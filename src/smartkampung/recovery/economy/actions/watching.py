"""See which curve passed a threshold, tell it once, and note who has seen it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.recovery.economy.models import Alert, Setting
from smartkampung.recovery.economy.queries.curves import Drawn, curves
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.settings import (
    baseline_on,
    in_force,
    thresholds_of,
)
from smartkampung.recovery.economy.rules.falling import (
    Standing,
    Turn,
    ended,
    standing,
    turn,
)
from smartkampung.regions.queries import regency
from smartkampung.worklist.actions import close_work, open_work

WORK = "economy.alert"
WITHIN = timedelta(days=7)
WHO = "economy.watch"


class SeenAlready(Refused):
    """Somebody has acknowledged this alert before."""

    code = "alert_seen_already"


def watch(*, at: datetime) -> list[Alert]:
    """Look at every curve; return what is told now and was not before."""
    setting = in_force(Setting.Kind.THRESHOLDS, day(at))
    last = {row.curve: row for row in Alert.objects.order_by("curve", "number")}
    told = []
    for code, curve in curves(baseline=baseline_on(day(at))).items():
        now = standing(_points(curve, day(at)), thresholds_of(setting))
        before = last.get(code)
        down = before is not None and before.turn == Turn.FELL
        new = turn(now, told_down=down)
        if new is not None:
            row = _alert(curve, now, new, at)
            row.number, row.setting = before.number + 1 if before else 1, setting
            told += _tell(row)
    return told


def _points(curve: Drawn, on: date) -> list[tuple[date, float | None]]:
    # Of a month that still runs only some weeks are collected: it would seem a fall.
    return [
        (point.month, point.index.value)
        for point in curve.points
        if ended(point.month, on)
    ]


def _alert(curve: Drawn, now: Standing, new: Turn, at: datetime) -> Alert:
    return Alert(
        curve=curve.code,
        turn=new,
        month=now.since or curve.points[-1].month,
        index=None if now.index is None else Decimal(f"{now.index:.1f}"),
        synthetic=curve.synthetic,
        at=at,
    )


def _tell(row: Alert) -> list[Alert]:
    """Write an alert with its work; nothing when another look told it a moment ago."""
    try:
        with atomic_or_refuse({"economy_alert_once": SeenAlready("")}):
            row.save(force_insert=True)
    except SeenAlready:
        return []
    here = regency()
    if here is not None:
        open_work(
            kind=WORK,
            target=row,
            permission=Permission.ECONOMY_ENTER,
            region_code=here.code,
            due_at=row.at + WITHIN,
        )
    record("economy.alert_told", target=row, by=WHO, curve=row.curve, turn=row.turn)
    return [row]


def acknowledge(*, alert: Alert, note: str, by: Actor, at: datetime) -> None:
    """Write down who has seen an alert and what they do. Raises SeenAlready."""
    must_see(by, Permission.ECONOMY_ENTER)
    with transaction.atomic():
        rows = Alert.objects.filter(pk=alert.pk, seen_at=None)
        if not rows.update(seen_by=by.username, seen_at=at, note=note.strip()):
            raise SeenAlready(_("Somebody has taken note of this alert already."))
        close_work(target=alert, by=by.username, kinds=(WORK,))
        record("economy.alert_seen", target=alert, by=by.username, curve=alert.curve)
