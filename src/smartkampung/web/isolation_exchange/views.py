"""The line of stays to another health system, and the bundle of one stay as a file."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.exchange.actions.send import export, send_again
from smartkampung.isolation.exchange.ports import FHIR_JSON, receiver
from smartkampung.isolation.exchange.queries import tellings
from smartkampung.isolation.exchange.words import STATES, trouble_of
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.web.aid_staff import present
from smartkampung.web.free_text import no_card_number
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.ISOLATION_HEALTH_VIEW
PAGE_SIZE = 25


class ReasonForm(forms.Form):
    """Why somebody takes a bundle out; it is written down."""

    reason = forms.CharField(
        label=gettext_lazy("What is the file for?"),
        max_length=200,
        validators=[no_card_number],
        help_text=gettext_lazy(
            "For example: asked for by the hospital. It stands in the diary with your"
            " name."
        ),
        error_messages={"required": gettext_lazy("Write what the file is for.")},
    )


@staff_page(VIEW)
def line(request: StaffRequest) -> HttpResponse:
    """List what waits, what was taken and what was refused, with why."""
    asked = request.GET.get("show", "")
    rows = tellings.tellings_for(request.actor)
    if asked in STATES:
        rows = rows.filter(state=asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    listed = list(page)
    note_people(request.actor, [row.stay for row in listed], VIEW)
    places = present.where({row.stay.reservation.region_code for row in listed})
    counts = tellings.counts_for(request.actor)
    context = {
        "page": page,
        "items": [
            {**_told(row), "place": places[row.stay.reservation.region_code]}
            for row in listed
        ],
        "numbers": [
            {
                "value": whole(counts[state]),
                "meaning": words,
                "url": f"?show={state}",
            }
            for state, (words, _colour) in STATES.items()
        ],
        "shown": STATES[asked][0] if asked in STATES else "",
        "query": f"?show={asked}&" if asked in STATES else "?",
        "nobody": receiver() is None,
    }
    return render(request, "isolation_exchange/line.html", context)


@staff_page(VIEW, "GET", "HEAD", "POST")
def stay(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show what was told of one stay, and give its bundle to whoever says what for."""
    row = tellings.stay_for(request.actor, stay_id)
    note_people(request.actor, [row], VIEW)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = export(
            row,
            by=request.actor.username,
            role=request.actor.role_for(VIEW),
            reason=form.cleaned_data["reason"],
        )
        return _file(told, f"stay-{row.pk}.fhir.json")
    context = {
        "row": row,
        "form": form,
        "tellings": [_told(one) for one in tellings.of_stay(row)],
        "nobody": receiver() is None,
        **who(row),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "isolation_exchange/stay.html", context, status=status)


@staff_page(VIEW, "POST")
def send(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Put a stay in line again."""
    row = tellings.stay_for(request.actor, stay_id)
    try:
        send_again(row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("It stands in line, and goes out soon."), "ok")
    return redirect("isolation_exchange:stay", stay_id)


def _told(row: Any) -> dict[str, Any]:
    words, colour = STATES[row.state]
    return {
        "row": row,
        "words": words,
        "colour": colour,
        "trouble": trouble_of(row.trouble),
    }


def _file(told: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(json.dumps(told, indent=1), content_type=FHIR_JSON)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
