"""The letter with which somebody is let go, and the page that proves it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.queries import (
    finished_of,
    issued,
    letter_of,
    mark_of,
    party_by_code,
    stay_for,
)
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import initials, long_day, short_day
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_monitoring.reporting import OPENED, OPENED_BY_ALL
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.limits import limited
from smartkampung.web.pages import StaffRequest, public_page, staff_page

P = Permission


@staff_page(P.RELEASE_DECIDE)
def letter(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Return the letter of somebody who was let go, for who comes to the Puskesmas."""
    row = stay_for(request.actor, stay_id, P.RELEASE_DECIDE)
    note_people(request.actor, [row], P.RELEASE_DECIDE)
    name = request.actor.username
    return _letter(request, letter_of(row), by=full_names([name]).get(name, name))


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def own(request: HttpRequest, code: str, stay_id: int) -> HttpResponse:
    """Return the letter to whoever holds the code of the party."""
    party = party_by_code(code)
    if party is None:
        raise Http404
    found = {stay.pk: stay for stay in finished_of(party)}
    if stay_id not in found:
        raise Http404
    return _letter(request, letter_of(found[stay_id]), by="")


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, to compare it with the paper and its bearer.

    Of the name the first letters, of the birth date the year: enough to see that a
    letter was lent, too little to learn from a paper left lying who it is about.
    """
    found = issued(mark)
    if found is None:
        raise Http404
    born_on = found.stay.born_on
    context = {
        "letter": found,
        "place": _village(found),
        "name": initials(found.stay.name),
        "born": str(born_on.year) if born_on else "",
    }
    return render(request, "isolation_monitoring/verify.html", context)


def _village(found: Any) -> str:
    place = village_of(found.stay.reservation.region_code)
    return names([place]).get(place, "")


def _letter(request: HttpRequest, found: Any, *, by: str) -> HttpResponse:
    if found is None:
        raise Http404
    stay = found.stay
    address = reverse("isolation_letters:verify", args=[mark_of(found)])
    return letter_answer(
        title=_("Letter about finished isolation, no. %(number)s")
        % {"number": found.pk},
        told={
            _("For"): stay.name,
            _("Born on"): short_day(stay.born_on) if stay.born_on else "",
            _("Village"): _village(found),
            _("In isolation from"): long_day(found.since),
            _("May leave on"): long_day(found.until),
            _("Examined by"): found.issued_by.full_name,
            _("Letter of"): long_day(found.issued_at),
        },
        link=request.build_absolute_uri(address),
        note=_(
            "The isolation is finished, and its health checks were made. Whoever feels"
            " ill later calls the Puskesmas."
        ),
        by=by,
        at=now(),
    )
