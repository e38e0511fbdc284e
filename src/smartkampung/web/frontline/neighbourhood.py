"""The page of an RT: its families, who gets and needs what, whom to think of."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.today.queries.neighbourhood import (
    Home,
    Neighbourhood,
    Thought,
    neighbourhood_for,
)
from smartkampung.frontline.today.rules import ELDER
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day
from smartkampung.recovery.affected.words import STATES as LOSSES
from smartkampung.regions.codes import level
from smartkampung.regions.queries import places, rts_of
from smartkampung.web.aid_staff.kinds import PERMISSIONS, label_of
from smartkampung.web.aid_staff.present import place_words
from smartkampung.web.aid_staff.words import STATES as CLAIMS
from smartkampung.web.frontline.clocks import clock
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.worklist.queries import counts_by_kind, inside, work_for

KIND = Permission.KINDNESS_VIEW
MOST_RTS = 500
Part = dict[str, Any]


@staff_page(KIND)
def my_rt(request: StaffRequest) -> HttpResponse:
    """Open one's own RT, or the RT that was chosen."""
    asked = request.GET.get("rt", "")
    if asked:
        if level_of(asked) != "rt" or not request.actor.may_in(KIND, asked):
            raise Http404
        return redirect("frontline:rt", asked)
    codes = _rts(request)
    if not codes:
        return render(request, "frontline/no_rt.html")
    return redirect("frontline:rt", codes[0])


@staff_page(KIND)
def rt(request: StaffRequest, code: str) -> HttpResponse:
    """Show one RT."""
    if level_of(code) != "rt":
        raise Http404
    on = today()
    found = neighbourhood_for(request.actor, code, on=on)
    work = inside(work_for(request.actor, PERMISSIONS), code)
    codes = _rts(request)
    named = places(codes)
    context = {
        "code": code,
        "place": place_words(places([code])[code]),
        "options": [(one, place_words(named[one])) for one in codes]
        if len(codes) > 1
        else [],
        "at": now(),
        "elder": ELDER,
        "kinds": [
            {"text": label_of(kind), "number": number}
            for kind, number in sorted(counts_by_kind(work).items())
        ],
        "late": [clock(row.due_at, now()) for row in work[:1]],
        "numbers": _numbers(found),
        "homes": [_home(home) for home in found.homes],
        "birthdays": [_thought(one) for one in found.birthdays],
        "alone": [_thought(one) for one in found.alone],
    }
    return render(request, "frontline/rt.html", context)


def level_of(code: str) -> str:
    """Return the level of a code that somebody may have typed; "" for none."""
    steps = code.split(".")
    fine = len(steps) <= 6 and all(step.isdigit() for step in steps)
    return level(code) if fine else ""


def _rts(request: StaffRequest) -> list[str]:
    found: list[str] = []
    for area in request.actor.regions_where(KIND):
        found += rts_of(area).values_list("code", flat=True)[:MOST_RTS]
    return list(dict.fromkeys(found))


def _numbers(found: Neighbourhood) -> list[Part]:
    return [
        {"value": len(found.homes), "meaning": _("families")},
        {"value": found.people, "meaning": _("people")},
        {"value": found.with_aid, "meaning": _("families that get aid")},
        {"value": found.waiting, "meaning": _("families that wait for something")},
    ]


def _home(home: Home) -> Part:
    waits = [str(CLAIMS[state][0]) for state in home.claims if state in CLAIMS]
    waits += [
        _("Hit by the crisis: %(state)s") % {"state": LOSSES[state][1]}
        for state in home.losses
        if state in LOSSES
    ]
    return {
        "id": home.id,
        "head": home.head.name,
        "people": home.people,
        "gets": home.gets,
        "waits": waits,
    }


def _thought(one: Thought) -> Part:
    return {
        "family": one.person.family_id,
        "name": one.person.name,
        "years": one.years,
        "day": long_day(one.on) if one.on else "",
    }
