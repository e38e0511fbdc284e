"""The page of an RT: its families, who gets and needs what, whom to think of."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.texting.rules.menu import Topic
from smartkampung.frontline.today.actions import NoNumber, open_number
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
from smartkampung.web.texting.words import TOPICS
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
    found = neighbourhood_for(request.actor, code, on=today())
    return _page(request, code, found)


@staff_page(KIND, "POST")
def call(request: StaffRequest, code: str, person_id: int) -> HttpResponse:
    """Show the number of one neighbour, to call; that it was opened is written down."""
    if level_of(code) != "rt":
        raise Http404
    found = neighbourhood_for(request.actor, code, on=today())
    person = found.thought_of(person_id)
    try:
        number = open_number(person=person, by=request.actor)
    except NoNumber as refusal:
        words = str(refusal.message)
        return _page(request, code, found, refusal=words, status=409)
    told = {"name": person.name, "number": number}
    return _page(request, code, found, to_call=told)


def _page(
    request: StaffRequest,
    code: str,
    found: Neighbourhood,
    *,
    to_call: Part | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
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
        "waiting": [_home(home) for home in found.homes if home.waits],
        "quiet": _by_letter(found.homes),
        "quiet_families": len(found.homes) - found.waiting,
        "any": bool(found.homes),
        "to_call": to_call,
        "refusal": refusal,
        "birthdays": [_thought(one) for one in found.birthdays],
        "alone": [_thought(one) for one in found.alone],
    }
    return render(request, "frontline/rt.html", context, status=status)


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
    waits = [
        {"text": str(CLAIMS[state][0]), "url": ""}
        for state in home.claims
        if state in CLAIMS
    ]
    waits += [
        {
            "text": _("Hit by the crisis: %(state)s") % {"state": LOSSES[state][1]},
            "url": "",
        }
        for state in home.losses
        if state in LOSSES
    ]
    waits += [
        {
            "text": _("Wants to be called: %(topic)s")
            % {"topic": TOPICS[Topic(c.topic)]},
            "url": reverse("texting:assist", args=[c.pk]),
        }
        for c in home.calls
    ]
    return {
        "id": home.id,
        "head": home.head.name,
        "people": home.people,
        "gets": home.gets,
        "waits": waits,
    }


def _by_letter(homes: list[Home]) -> list[Part]:
    """Return the families that wait for nothing, under the first letter of the head."""
    quiet = sorted(
        (home for home in homes if not home.waits),
        key=lambda home: (home.head.name.upper(), home.id),
    )
    return [
        {"letter": letter, "homes": [_home(home) for home in group]}
        for letter, group in groupby(quiet, lambda home: home.head.name[:1].upper())
    ]


def _to_call(person: Any) -> int | None:
    """Return whom to ask for the number of; None where there is none."""
    return person.pk if person.family.phone is not None else None


def _thought(one: Thought) -> Part:
    return {
        "family": one.person.family_id,
        "name": one.person.name,
        "person": _to_call(one.person),
        "address": ", ".join(
            filter(None, [one.person.family.address, one.person.family.dusun])
        ),
        "years": one.years,
        "day": long_day(one.on) if one.on else "",
    }
