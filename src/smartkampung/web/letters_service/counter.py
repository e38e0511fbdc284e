"""The counter: who is next, the family in front of one, a letter on the spot."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.letters.service.queries.counter import (
    at_the_counter,
    family_at_the_counter,
)
from smartkampung.reopening.counters.queries.offices import counters_for, queue_of
from smartkampung.reopening.counters.rules.states import OPEN, State
from smartkampung.residents import queries as residents
from smartkampung.web.counters.present import name_of, number_of, tag_of
from smartkampung.web.counters.words import MARKS
from smartkampung.web.letters_staff import present
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.people.forms import NikForm, SearchForm
from smartkampung.web.people.present import lines

SERVE = Permission.LETTER_SERVE
NEXT = 5
MOST_FOUND = 20
DONE = (State.SERVED, State.MISSED)


@never_cache
@staff_page(SERVE)
def counter(request: StaffRequest) -> HttpResponse:
    """Show the queue, the ways to find a family, and what is being made today."""
    return _page(request)


@never_cache
@staff_page(SERVE, "POST")
def by_nik(request: StaffRequest) -> HttpResponse:
    """Find whoever shows their card."""
    form = NikForm(request.POST)
    if not form.is_valid():
        return _page(request, nik=form, status=422)
    person = residents.find_by_nik(request.actor, form.cleaned_data["nik"])
    return _page(request, found=[person] if person else [], nik=form)


@never_cache
@staff_page(SERVE, "POST")
def by_name(request: StaffRequest) -> HttpResponse:
    """Find whoever has no card at hand; the nearest spelling first."""
    form = _search(request.actor, request.POST)
    if not form.is_valid():
        return _page(request, search=form, status=422)
    found = residents.search(request.actor, form.wanted()).people
    return _page(request, found=found[:MOST_FOUND], search=form)


def _page(
    request: StaffRequest,
    *,
    found: list[Any] | None = None,
    nik: NikForm | None = None,
    search: SearchForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = now()
    context = {
        "queues": _queues(request.actor),
        "nik_form": nik if nik and nik.errors else NikForm(),
        "form": search or _search(request.actor),
        "asked": found is not None,
        "found": lines(found) if found else [],
        "items": present.rows_of(at_the_counter(request.actor, at=at), at=at),
    }
    return render(request, "letters_service/counter.html", context, status=status)


def _search(actor: Actor, data: Any = None) -> SearchForm:
    return SearchForm(data, regions=areas.choices(actor))


def _queues(actor: Actor) -> list[dict[str, Any]]:
    """Return who is next at each counter of one's office, where counters are on."""
    if not actor.may(Permission.COUNTER_SERVE):
        return []
    return [
        {
            "pk": row.pk,
            "name": name_of(row),
            "people": [
                {
                    "pk": one.pk,
                    "number": number_of(one),
                    "service": one.service,
                    "tag": tag_of(one),
                    "marks": [(to.value, MARKS[to]) for to in DONE]
                    if one.state == State.CALLED
                    else [],
                }
                for one in queue_of(row, today())
                if one.state in OPEN
            ][:NEXT],
        }
        for row in counters_for(actor)
    ]


@never_cache
@staff_page(SERVE)
def family(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show the family in front of one: who asks for what, and what there is already."""
    found = family_at_the_counter(request.actor, person_id)
    if found is None:
        raise Http404
    person, members, letters = found
    rows = present.rows_of(letters, at=now())
    context = {
        "person": person,
        "lines": lines(members),
        "items": [row for row in rows if not row["ended"]],
        "past": [row for row in rows if row["ended"]],
        "ask_url": _ask_url(person_id),
    }
    return render(request, "letters_service/family.html", context)


def _ask_url(person_id: int) -> str:
    """Return where a letter is asked for in the name of somebody."""
    try:
        return reverse("letters_assist:choose", args=[person_id])
    except NoReverseMatch:
        return reverse("people:person", args=[person_id])
