"""Letters about what became of a grievance or an objection, and the page of proof."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.aid.grievances.queries import by_code, grievance_for
from smartkampung.aid.grievances.rules import APPEAL_WITHIN, Kind, State
from smartkampung.aid.grievances.words import KINDS, STATES
from smartkampung.aid.queries.answers import Answered, answered, mark_of_answer
from smartkampung.aid.queries.objections import objection_for
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_grievances import present
from smartkampung.web.aid_grievances.telling import OPENED, OPENED_BY_ALL
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.limits import limited
from smartkampung.web.pages import StaffRequest, public_page, staff_page

P = Permission


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Return the letter about a grievance to whoever holds its code."""
    row = by_code(code, at=now())
    if row is None:
        raise Http404
    return grievance_letter(request, row, by="")


@staff_page(P.GRIEVANCE_VIEW)
def grievance(request: StaffRequest, grievance_id: int) -> HttpResponse:
    """Return the letter about a grievance, for who comes to the office."""
    row = grievance_for(request.actor, grievance_id)
    return grievance_letter(request, row, by=request.actor.username)


@staff_page(P.OBJECTION_ANSWER)
def objection(request: StaffRequest, objection_id: int) -> HttpResponse:
    """Return the letter about an objection, with the name of the person."""
    row = objection_for(request.actor, objection_id)
    person = row.claim.person
    if person is not None:
        note_looks(
            request.actor,
            [person],
            purpose="aid.claim",
            permission=P.OBJECTION_ANSWER,
        )
    name = person.name if person else ""
    return objection_letter(request, row, name=name, by=request.actor.username)


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, to compare it with the paper."""
    found = answered(mark)
    if found is None:
        raise Http404
    place = village_of(found.region_code)
    context = {
        "letter": found,
        "about": KINDS[Kind(found.kind)] if found.kind else _("Objection"),
        "outcome": _outcome(found),
        "place": names([place]).get(place, ""),
    }
    return render(request, "aid_grievances/verify.html", context)


def _outcome(found: Answered) -> Any:
    if found.kind:
        return STATES[State(found.outcome)][0]
    return _("Accepted") if found.outcome == "upheld" else _("Not accepted")


def grievance_letter(request: HttpRequest, row: Any, *, by: str) -> HttpResponse:
    """Return the letter about a decided grievance; it names nobody."""
    if row.decided_at is None:
        raise Http404
    told = {part["name"]: part["value"] for part in present.facts(row)}
    told |= {
        _("Decision"): STATES[State(row.state)][0],
        _("Decided on"): long_day(row.decided_at),
        _("The answer"): row.answer,
        _("What happens now"): present.remedy(row),
    }
    return letter_answer(
        title=_("Letter about a grievance, no. %(number)s") % {"number": row.pk},
        told=told,
        link=_proof(request, row),
        note=_next(row),
        by=by,
        at=now(),
    )


def _next(row: Any) -> str:
    if row.state == State.DISMISSED and row.first_decided_by_id is None:
        until = long_day(row.decided_at + APPEAL_WITHIN)
        return _(
            "Until %(day)s you may ask that somebody else looks again, on the page that"
            " your code opens. It costs nothing."
        ) % {"day": until}
    return _("Your code opens every step with its day.")


def objection_letter(
    request: HttpRequest, row: Any, *, name: str, by: str
) -> HttpResponse:
    """Return the letter about an answered objection."""
    if row.answered_at is None:
        raise Http404
    place = village_of(row.claim.region_code)
    upheld = row.outcome == "upheld"
    again = _(
        "A village officer comes to the house once more, and somebody else decides."
    )
    return letter_answer(
        title=_("Letter about an objection, no. %(number)s") % {"number": row.pk},
        told={
            _("For"): name,
            _("Village"): names([place]).get(place, ""),
            _("Letter of refusal, no."): row.decision_id,
            _("Objected on"): long_day(row.filed_at),
            _("Decision"): _("Accepted") if upheld else _("Not accepted"),
            _("Decided on"): long_day(row.answered_at),
            _("The answer"): row.answer,
            _("What happens now"): again if upheld else "",
        },
        link=_proof(request, row),
        note=_("When something changes, send a new report. It costs nothing."),
        by=by,
        at=now(),
    )


def _proof(request: HttpRequest, row: Any) -> str:
    address = reverse("letters:verify", args=[mark_of_answer(row)])
    return request.build_absolute_uri(address)
