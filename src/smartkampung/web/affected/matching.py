"""A registration whose person the comparison did not tell: the village says who it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.match import lay_to, turn_away
from smartkampung.recovery.affected.queries.records import registration_for
from smartkampung.residents.queries import Found, person_for, search
from smartkampung.web.affected import present
from smartkampung.web.aid_staff.present import where
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.people.forms import SearchForm
from smartkampung.web.typed import row_id


class TurnAwayForm(forms.Form):
    """Why it is about nobody here."""

    why = forms.CharField(
        label=gettext_lazy("Why does it belong to nobody here?"),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write why."),
            "max_length": gettext_lazy("At most 300 letters."),
        },
    )


@staff_page(P.AFFECTED_VERIFY, "GET", "POST")
def match(request: StaffRequest, registration_id: int) -> HttpResponse:
    """Search by name (a POST, so that no name stands in a URL), or take one found."""
    row = registration_for(request.actor, registration_id)
    chosen = row_id(request.POST.get("person", ""))
    if chosen is not None:
        person = person_for(request.actor, chosen, purpose="affected.match")
        try:
            lay_to(registration=row, person=person, by=request.actor, at=now())
        except Refused as refusal:
            return _page(request, row, problem=str(refusal.message))
        messages.success(request, _("The person is found."), "ok")
        return redirect("affected_staff:records")
    if "why" in request.POST:
        return _turn_away(request, row)
    return _page(request, row, data=request.POST or None)


def _turn_away(request: StaffRequest, row: Any) -> HttpResponse:
    form = TurnAwayForm(request.POST)
    if not form.is_valid():
        return _page(request, row, away=form)
    try:
        turn_away(
            registration=row, why=form.cleaned_data["why"], by=request.actor, at=now()
        )
    except Refused as refusal:
        return _page(request, row, problem=str(refusal.message))
    messages.success(request, _("The registration is turned away."), "ok")
    return redirect("affected_staff:records")


def _page(
    request: StaffRequest,
    row: Any,
    *,
    data: Any = None,
    away: TurnAwayForm | None = None,
    problem: str = "",
) -> HttpResponse:
    form = SearchForm(data, regions=areas.choices(request.actor))
    found: Found | None = None
    if form.is_bound and form.is_valid():
        found = search(request.actor, form.wanted())
    people = found.people if found else []
    places = where({person.region_code for person in people} | {row.region_code})
    wrong = away is not None or (form.is_bound and not form.is_valid())
    context = {
        "row": row,
        "place": places[row.region_code],
        "facts": present.facts(row),
        "findings": present.findings(row.findings),
        "waits": row.state == "to_match",
        "form": form,
        "away": away or TurnAwayForm(),
        "problem": problem,
        "searched": found is not None,
        "found": [(person, places[person.region_code]) for person in people],
    }
    status = 409 if problem else 422 if wrong else 200
    return render(request, "affected/match.html", context, status=status)
