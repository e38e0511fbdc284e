"""Indicators of the regency on a day: ours, what is missing, and the official colour."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import short_day
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.guidance.rules.ppkm import Capacity
from smartkampung.reopening.guidance.rules.regency import Series
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.overview import (
    Level,
    Overview,
    overview_for,
)
from smartkampung.reopening.signals.rules.reproduction import COVID
from smartkampung.reopening.signals.rules.risk import Judged
from smartkampung.reopening.signals.words import COLOURS, INDICATORS, KINDS, MISSING
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.colours import STATES
from smartkampung.web.signals.drawing import cases_chart, day_table, rt_chart
from smartkampung.web.signals.wording import number, table, value_of

DAYS = 84
EARLIEST = date(2020, 3, 1)
UNITS = {Series.POSITIVITY: "%"}


@staff_page(Permission.SIGNAL_VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Show the indicators of a day, each with its value or with what is missing."""
    regency_for(request.actor)
    on, problem = _day(request.GET.get("day", ""), today())
    # A day that still runs looks better than it will be.
    running = on == today()
    found = overview_for(request.actor, on=on, days=DAYS)
    cases: Mapping[date, int | None] = dict(found.cases or {})
    context = {
        "on": on,
        "problem": problem,
        "running": running,
        "today": today(),
        "official": _official(found),
        "rt": rt_chart(found.rt),
        "cases": cases_chart(cases, "cases"),
        "days": day_table(cases, found.rt),
        "interval": COVID,
        "kept": found.cases is not None,
        "indicators": _indicators(found),
        "undecided": [one for one, level in found.levels.items() if _silent(level)],
        "ppkm": found.ppkm,
        "judged": _judged(found.judged),
        "met": sum(one.met is True for one in found.judged),
        "unmet": sum(one.met is False for one in found.judged),
        "unknown": sum(one.met is None for one in found.judged),
        "zone": found.zone,
        "kinds": KINDS.items(),
        "may_enter": request.actor.may(Permission.SIGNAL_ENTER),
    }
    return render(request, "signals/here.html", context)


def _day(text: str, latest: date) -> tuple[date, str]:
    if not text:
        return latest - timedelta(days=1), ""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return latest - timedelta(days=1), _("Write the day as 2020-05-28.")
    if not EARLIEST <= asked <= latest:
        told = _("Choose a day from %(first)s to %(last)s.")
        words = {"first": short_day(EARLIEST), "last": short_day(latest)}
        return latest - timedelta(days=1), told % words
    return asked, ""


def _official(found: Overview) -> dict[str, Any] | None:
    row = found.official
    if row is None:
        return None
    state = STATES[Colour(row.colour)]
    return {"colour": COLOURS[row.colour], "state": state, "row": row}


def _silent(level: Level) -> bool:
    return level.level is None and level.capacity is None


def _indicators(found: Overview) -> dict[str, Any]:
    rows = []
    for indicator, reading in found.readings.items():
        level = found.levels.get(indicator)
        told = (
            value_of(indicator, reading.value)
            if reading.value is not None
            else MISSING[reading.missing]
        )
        rows.append([INDICATORS[indicator], told, _level(level)])
    heads = [(_("Indicator"), False), (_("Value"), False), (_("PPKM"), False)]
    return table(heads, rows)


def _level(level: Level | None) -> Any:
    if level is None:
        return "–"
    if level.level is not None:
        state = ("ok", "info", "wait", "late")[level.level - 1]
        return _("Level %(n)d") % {"n": level.level}, state
    if level.capacity is not None:
        return _capacities()[level.capacity]
    return _("cannot be decided yet"), "off"


def _capacities() -> dict[Capacity, tuple[str, str]]:
    return {
        Capacity.ADEQUATE: (_("adequate"), "ok"),
        Capacity.MODERATE: (_("moderate"), "wait"),
        Capacity.LIMITED: (_("limited"), "late"),
    }


def _judged(judged: list[Judged]) -> dict[str, Any]:
    english = (get_language() or "id").startswith("en")
    rows = [
        [
            one.wanted.text_en if english else one.wanted.text,
            _valued(one),
            _met(one),
        ]
        for one in judged
    ]
    heads = [(_("Indicator"), False), (_("Ours"), False), (_("Met"), False)]
    return table(heads, rows)


def _valued(one: Judged) -> str:
    unit = UNITS.get(one.wanted.code, "")
    if one.value is None:
        return _("Not computed: %(why)s") % {"why": MISSING[one.missing]}
    now = number(one.value) + unit
    if one.against is None:
        return f"{now}. {MISSING[one.missing]}"
    told = _("%(now)s, held against %(before)s")
    return told % {"now": now, "before": number(one.against) + unit}


def _met(one: Judged) -> tuple[str, str]:
    if one.met is None:
        return _("cannot be decided yet"), "off"
    return (_("yes"), "ok") if one.met else (_("no"), "late")
