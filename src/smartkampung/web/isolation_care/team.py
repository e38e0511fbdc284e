"""Who of a Puskesmas looks after whom, and handing people over to a colleague."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.actions.entrusting import entrust
from smartkampung.isolation.monitoring.queries import centres_for, stay_for
from smartkampung.isolation.queries import carers
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff import present
from smartkampung.web.free_text import no_card_number
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
NOBODY = 0  # in place of an officer: who is entrusted to none


class HandOverForm(forms.Form):
    """Which people, to whom, and what the next officer should know."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )
    officer = forms.TypedChoiceField(
        label=gettext_lazy("Entrusted to"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose an officer.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What the officer should know"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Where to find them, when they are awake. Nothing about health: the"
            " village reads it too."
        ),
    )

    def __init__(
        self,
        data: Any,
        *,
        people: list[tuple[int, str]],
        officers: list[tuple[int, str]],
    ) -> None:
        super().__init__(data, initial={"people": [pk for pk, _name in people]})
        whom, to = self.fields["people"], self.fields["officer"]
        assert isinstance(whom, forms.TypedMultipleChoiceField)
        assert isinstance(to, forms.TypedChoiceField)
        whom.choices = people
        to.choices = [("", _("Choose")), *officers]


@staff_page(P.MONITORING_RECORD)
def team(request: StaffRequest) -> HttpResponse:
    """List the officers of a Puskesmas and how many people each was entrusted with."""
    centres = centres_for(request.actor)
    asked = request.GET.get("centre", "")
    chosen = asked if asked in dict(centres) else centres[0][0] if centres else ""
    context = {
        "centres": centres if len(centres) > 1 else [],
        "chosen": chosen,
        "officers": carers.officers_of(request.actor, chosen, on=today()),
        "alone": len(carers.without_officer(request.actor, chosen)),
        "may": request.actor.may(P.CARE_ENTRUST),
    }
    return render(request, "isolation_care/team.html", context)


@staff_page(P.CARE_ENTRUST, "GET", "HEAD", "POST")
def hand_over(request: StaffRequest, code: str, officer_id: int) -> HttpResponse:
    """Hand the people of an officer over to a colleague, all or some."""
    if code not in dict(centres_for(request.actor)):
        raise Http404
    rows = (
        carers.without_officer(request.actor, code)
        if officer_id == NOBODY
        else carers.entrusted_to(request.actor, code, officer_id)
    )
    known = carers.officers_of(request.actor, code, on=today())
    places = present.where({row.reservation.region_code for row in rows})
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        people=[
            (row.pk, f"{row.name}, {places[row.reservation.region_code]}")
            for row in rows
        ],
        officers=[(one.pk, _loaded(one)) for one in known if one.pk != officer_id],
    )
    status = 422
    if request.method == "POST" and form.is_valid():
        status = _entrusted(request, form)
        if not status:
            return redirect("isolation_care:team")
    context = {
        "form": form,
        "name": next((one.name for one in known if one.pk == officer_id), ""),
        "rows": rows,
        "chosen": code,
    }
    shown = 200 if request.method != "POST" else status
    return render(request, "isolation_care/hand_over.html", context, status=shown)


@staff_page(P.CARE_ENTRUST, "GET", "HEAD", "POST")
def carer(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show who looks after a household, and entrust it to an officer."""
    row = stay_for(request.actor, stay_id, P.CARE_ENTRUST)
    centre = row.reservation.centre_id or ""
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        people=[(one.pk, one.name) for one in carers.household_of(row)],
        officers=[
            (one.pk, _loaded(one))
            for one in carers.officers_of(request.actor, centre, on=today())
        ],
    )
    status = 422
    if request.method == "POST" and form.is_valid():
        status = _entrusted(request, form)
        if not status:
            return redirect("isolation_monitoring:stay", stay_id)
    context = {
        "row": row,
        "form": form,
        "carer": carers.carer_of(row),
        "history": carers.hand_overs_of(row),
        **who(row),
    }
    shown = 200 if request.method != "POST" else status
    return render(request, "isolation_care/carer.html", context, status=shown)


def _entrusted(request: StaffRequest, form: HandOverForm) -> int:
    """Do what the form says; return the status of a refusal, or 0."""
    told = form.cleaned_data
    try:
        count = entrust(
            stays=told["people"],
            officer=told["officer"],
            note=told["note"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    words = ngettext(
        "%(count)s person is entrusted to them from now on.",
        "%(count)s people are entrusted to them from now on.",
        count,
    )
    messages.success(request, words % {"count": count}, "ok")
    return 0


def _loaded(one: carers.Officer) -> str:
    return _("%(name)s (has %(count)s)") % {"name": one.name, "count": one.people}
