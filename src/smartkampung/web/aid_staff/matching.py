"""Find the person of a claim in the registry, where the NIK alone did not tell."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.match import match_claim
from smartkampung.aid.queries.claims import claim_for
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import Found, person_for, search
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.people.forms import SearchForm
from smartkampung.web.typed import row_id


@staff_page(Permission.FIELD_CHECK, "GET", "POST")
def match(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Search by name (a POST, so that no name stands in a URL), or take one found."""
    claim = claim_for(request.actor, claim_id, Permission.FIELD_CHECK)
    chosen = row_id(request.POST.get("person", ""))
    if chosen is not None:
        person = person_for(request.actor, chosen, purpose="aid.match")
        try:
            match_claim(claim=claim, person=person, by=request.actor, at=now())
        except Refused as refusal:
            return _page(request, claim, _form(request), problem=str(refusal.message))
        messages.success(request, _("The person is found. Go on with the visit."), "ok")
        return redirect("aid_staff:claim", claim_id)
    return _page(request, claim, _form(request, request.POST or None))


def _form(request: StaffRequest, data: Any = None) -> SearchForm:
    return SearchForm(data, regions=areas.choices(request.actor))


def _page(
    request: StaffRequest, claim: Any, form: SearchForm, *, problem: str = ""
) -> HttpResponse:
    found: Found | None = None
    if form.is_bound and form.is_valid():
        found = search(request.actor, form.wanted())
    people = found.people if found else []
    places = present.where({person.region_code for person in people})
    status = 409 if problem else 422 if form.is_bound and not form.is_valid() else 200
    return render(
        request,
        "aid_staff/match.html",
        {
            "claim": claim,
            "form": form,
            "problem": problem,
            "searched": found is not None,
            "many": found is not None and found.total > len(people),
            "found": [(person, places[person.region_code]) for person in people],
        },
        status=status,
    )
