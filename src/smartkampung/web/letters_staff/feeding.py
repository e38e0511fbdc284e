"""From a letter that tells of a birth, a death or a move to the form that records it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.catalogue.rules.kinds import Feed
from smartkampung.letters.requests.actions.feeding import fed_by
from smartkampung.letters.requests.queries.requests import File, file_for
from smartkampung.letters.requests.rules.steps import State
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import region
from smartkampung.residents.rules.life import Kind
from smartkampung.web.pages import StaffRequest, staff_page

RECORD = Permission.LIFE_EVENT_RECORD


@staff_page(RECORD)
def event(request: StaffRequest, request_id: int) -> HttpResponse:
    """Lead to the form of what a letter tells of, filled from the letter."""
    where = event_url(request.actor, file_for(request.actor, request_id))
    if not where:
        raise Http404
    return redirect(where)


def event_url(actor: Actor, file: File) -> str:
    """Return where it is written down what an issued letter tells of; else nothing."""
    row = file.request
    feeds = fed_by(row)
    issued = row.state == State.ISSUED and not file.shut
    if feeds is Feed.NOTHING or not issued or not actor.may_in(RECORD, row.region_code):
        return ""
    if feeds is Feed.DEATH:
        where = reverse("life:person_event", args=[row.subject_id, Kind.DEATH.value])
    else:
        kind = Kind.BIRTH if feeds is Feed.BIRTH else _move(file)
        where = reverse("life:family_event", args=[row.subject.family_id, kind.value])
    return f"{where}?{urlencode({'letter': row.pk})}"


def _move(file: File) -> Kind:
    """Return whether a letter tells of a move inside the regency, or out of it."""
    told: Any = file.told.asked
    here = region(ancestor(file.request.village_code, "regency"))
    named = str(told.get("regency", "")).strip().lower()
    near = not named or (here is not None and here.name.lower() in named)
    return Kind.MOVE if near and not told.get("country") else Kind.MOVE_OUT
