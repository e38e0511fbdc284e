"""Set the year that months are compared with, and the thresholds, from a day on."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.economy.actions.watching import watch
from smartkampung.recovery.economy.models import Setting
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.rules.falling import BadSetting, bad_thresholds
from smartkampung.recovery.economy.rules.reading import FIRST_YEAR
from smartkampung.recovery.economy.words import BAD_SETTINGS


class CannotHold(Refused):
    """Numbers that cannot be a setting."""

    code = "bad_economy_setting"


class BeginsTooEarly(Refused):
    """The day is over: what held then stays as it was."""

    code = "economy_setting_begins_too_early"


def write_setting(
    *,
    kind: Setting.Kind,
    body: Mapping[str, int],
    since: date,
    reference: str,
    by: Actor,
    at: datetime,
) -> Setting:
    """Write what holds from today or a later day on. Raises CannotHold, BeginsTooEarly."""
    must_see(by, Permission.ECONOMY_ENTER)
    if since < day(at):
        raise BeginsTooEarly(
            _("Choose today or a later day: the past stays as it was.")
        )
    bad = _bad(kind, body, day(at))
    if bad is not None:
        raise CannotHold(BAD_SETTINGS[bad])
    with transaction.atomic():
        row = Setting.objects.create(
            kind=kind,
            since=since,
            body=dict(body),
            reference=reference.strip(),
            by=by.username,
            at=at,
        )
        record("economy.setting_written", target=row, by=by.username, kind=str(kind))
        watch(at=at)
    return row


def _bad(kind: Setting.Kind, body: Mapping[str, int], on: date) -> BadSetting | None:
    if kind == Setting.Kind.THRESHOLDS:
        return bad_thresholds(body["falls_below"], body["recovers_above"])
    possible = FIRST_YEAR <= body["year"] <= on.year
    return None if possible else BadSetting.YEAR
