"""The page of a village head: the village in one screen, drawn and in numbers."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.today.queries.board import board_of
from smartkampung.frontline.today.queries.village import (
    Village,
    village_for,
    villages_of_head,
)
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import short_day, whole
from smartkampung.recovery.affected.words import STATES as LOSSES
from smartkampung.regions.queries import names
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.web.aid_staff.kinds import PERMISSIONS, label_of
from smartkampung.web.aid_staff.words import STATES as CLAIMS
from smartkampung.web.core.columns import Day, columns
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots.present import phase_name
from smartkampung.worklist.queries import Bucket, inside, moments, work_for

KIND = Permission.KINDNESS_VIEW
MOST_KINDS = 8
Part = dict[str, Any]


@staff_page(KIND)
def my_village(request: StaffRequest) -> HttpResponse:
    """Open one's own village; who works in one RT or RW sees that."""
    codes = villages_of_head(request.actor)
    if not codes:
        return redirect("frontline:my_rt")
    return redirect("frontline:village", codes[0])


@staff_page(KIND)
def village(request: StaffRequest, code: str) -> HttpResponse:
    """Show one village."""
    if code not in villages_of_head(request.actor):
        raise Http404
    at = now()
    found = village_for(request.actor, code, at=at)
    board = board_of(inside(work_for(request.actor, PERMISSIONS), code), moments(at))
    counted = board.counts()
    regime = regime_on(code, today())
    context = {
        "code": code,
        "place": names([code]).get(code, code),
        "at": at,
        "people": _people(found),
        "aid": _bars(found.recipients, _("Programme")),
        "claims": _states(found.claims, {k: v[0] for k, v in CLAIMS.items()}),
        "isolation": _isolation(found),
        "affected": _states(found.affected, {k: v[1] for k, v in LOSSES.items()}),
        "reopening": _reopening(found),
        "phase": phase_name(regime.phase) if regime else "",
        "paused": regime.paused if regime else False,
        "since": regime.since if regime else None,
        "late": counted[Bucket.STUCK] + counted[Bucket.OVERDUE],
        "waits": board.total,
        "work": _bars(_kinds(board.counts_by_kind()), _("Kind of work")),
        "done": _done(found),
        "staff": found.staff,
        "heads": found.heads,
    }
    return render(request, "frontline/village.html", context)


def _people(found: Village) -> list[Part]:
    people = found.people
    return [
        {"value": people.all, "meaning": _("people"), "url": ""},
        {"value": people.families, "meaning": _("families"), "url": ""},
        {"value": people.children, "meaning": _("under 18 years"), "url": ""},
        {"value": people.elders, "meaning": _("60 years or older"), "url": ""},
    ]


def _isolation(found: Village) -> list[Part]:
    one = found.isolation
    return [
        {"value": one.in_houses, "meaning": _("in isolation houses")},
        {"value": one.at_home, "meaning": _("isolate at home")},
        {"value": one.free, "meaning": _("beds are free")},
    ]


def _reopening(found: Village) -> list[Part]:
    one = found.reopening
    return [
        {"value": one.places, "meaning": _("places under protocol")},
        {"value": one.certified, "meaning": _("of them with a valid certificate")},
        {"value": one.booked, "meaning": _("booked at the counters today")},
        {"value": one.served, "meaning": _("of them served so far")},
    ]


def _kinds(kinds: Any) -> list[tuple[str, int]]:
    most = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(label_of(kind), number) for kind, number in most]


def _bars(rows: list[tuple[str, int]], title: str) -> Part:
    """Return a chart of the longest bars and of the rest, with all in its table."""
    rest = sum(number for _label, number in rows[MOST_KINDS:])
    shown = [*rows[:MOST_KINDS], *([(_("others together"), rest)] if rest else [])]
    drawn = [(label, n, whole(n), "", "") for label, n in shown]
    return {
        "bars": bars(drawn),
        "columns": [{"title": title}, {"title": _("How many"), "number": True}],
        "rows": [
            [
                {"text": label},
                {"text": whole(n), "label": _("How many"), "number": True},
            ]
            for label, n in rows
        ],
    }


def _states(counts: Any, words: dict[str, Any]) -> list[Part]:
    return [
        {"text": str(words[state]), "number": whole(counts[state])}
        for state in words
        if counts.get(state)
    ]


def _done(found: Village) -> Part:
    days = [
        Day(short_day(day), _spoken(day, n), ((float(n), "ok"),))
        for day, n in found.done.items()
    ]
    return {
        "drawn": columns(days, now=len(days) - 1, now_words=_("today")),
        "titles": [{"title": _("Day")}, {"title": _("Done"), "number": True}],
        "rows": [
            [
                {"text": short_day(day)},
                {"text": whole(n), "label": _("Done"), "number": True},
            ]
            for day, n in found.done.items()
        ],
    }


def _spoken(day: date, number: int) -> str:
    return _("%(day)s: %(number)s done") % {
        "day": short_day(day),
        "number": whole(number),
    }
