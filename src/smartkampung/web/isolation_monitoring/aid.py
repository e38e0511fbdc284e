"""What the household of somebody in isolation gets, and a report for who gets nothing.

Composed here, because aid and isolation do not know each other.
"""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.report_known import report_known
from smartkampung.aid.rules.report import Reason
from smartkampung.isolation.monitoring.queries import stay_for
from smartkampung.isolation.queries.household import known_people
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import person_for
from smartkampung.residents.queries.people import note_looks, residents_for
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.benefits import benefits_card
from smartkampung.web.report.forms import ReasonForm

P = Permission
PURPOSE = "isolation.aid"


class MissingAidForm(forms.Form):
    """Why aid is missing; everything else stands in the record."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = ReasonForm.base_fields["reason"]
    story = ReasonForm.base_fields["story"]


def household_aid(actor: Actor, stay: Any) -> dict[str, Any]:
    """Return the aid of each family of a party; nothing for who may not see aid.

    Only families that live where the actor may see aid: of the others, not even
    that they are known.
    """
    if not actor.may_in(P.PROGRAMME_VIEW, stay.reservation.region_code):
        return {}
    found = residents_for(actor).filter(pk__in=known_people(stay))
    people = list(found.select_related("family").order_by("relation", "pk"))
    note_looks(actor, people, purpose=PURPOSE)
    # One card a family: its first member in isolation stands for all.
    first = {person.family_id: person for person in reversed(people)}
    return {"shows_aid": True, "families": [_family(actor, first[f]) for f in first]}


def _family(actor: Actor, person: Any) -> dict[str, Any]:
    return {
        "person": person,
        "may_report": actor.may_in(P.REPORT_ASSIST, person.region_code),
        **benefits_card(actor, person.family_id, person, on=today()),
    }


@never_cache
@staff_page(P.REPORT_ASSIST, "GET", "HEAD", "POST")
def report_aid(request: StaffRequest, stay_id: int, person_id: int) -> HttpResponse:
    """Ask why aid is missing, and report it for somebody in isolation."""
    row = stay_for(request.actor, stay_id, P.REPORT_ASSIST)
    if person_id not in known_people(row):
        raise Http404
    person = person_for(
        request.actor, person_id, purpose=PURPOSE, permission=P.REPORT_ASSIST
    )
    if request.method != "POST":
        fresh = MissingAidForm(initial={"form_id": uuid.uuid4()})
        return _page(request, row, person, fresh)
    form = MissingAidForm(request.POST)
    if not form.is_valid():
        return _page(request, row, person, form, status=422)
    told = form.cleaned_data | {"reason": Reason(form.cleaned_data["reason"])}
    try:
        receipt = report_known(person=person, by=request.actor, at=now(), **told)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, person, form, status=409)
    return redirect("tracking:slip", receipt.code)


def _page(
    request: StaffRequest,
    row: Any,
    person: Any,
    form: MissingAidForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"row": row, "person": person, "form": form, **who(row)}
    template = "isolation_monitoring/report_aid.html"
    return render(request, template, context, status=status)
