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
from smartkampung.residents.queries import note_looks, person_for, residents_for
from smartkampung.residents.rules import fold_name
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.forms import NameForm
from smartkampung.web.pages import StaffRequest, staff_page

MOST = 20


@staff_page(Permission.FIELD_CHECK, "GET", "POST")
def match(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Search by name (a POST, so that no name stands in a URL), or take one found."""
    claim = claim_for(request.actor, claim_id, Permission.FIELD_CHECK)
    chosen = request.POST.get("person", "")
    if chosen.isdigit():
        person = person_for(request.actor, int(chosen), purpose="aid.match")
        try:
            match_claim(claim=claim, person=person, by=request.actor, at=now())
        except Refused as refusal:
            return _page(request, claim, NameForm(), problem=str(refusal.message))
        messages.success(request, _("The person is found. Go on with the visit."), "ok")
        return redirect("aid_staff:claim", claim_id)
    form = NameForm(request.POST or None)
    return _page(request, claim, form)


def _page(
    request: StaffRequest, claim: Any, form: NameForm, *, problem: str = ""
) -> HttpResponse:
    found = _found(request, form) if form.is_bound and form.is_valid() else None
    places = present.where({person.region_code for person in found or []})
    status = 409 if problem else 422 if form.is_bound and not form.is_valid() else 200
    return render(
        request,
        "aid_staff/match.html",
        {
            "claim": claim,
            "form": form,
            "problem": problem,
            "searched": found is not None,
            "found": [(person, places[person.region_code]) for person in found or []],
        },
        status=status,
    )


def _found(request: StaffRequest, form: NameForm) -> list[Any]:
    rows = residents_for(request.actor, permission=Permission.RESIDENT_FIND)
    folded = fold_name(form.cleaned_data["name"])
    found = list(rows.filter(name_folded__contains=folded).order_by("name")[:MOST])
    note_looks(request.actor, found, purpose="aid.match")
    return found
