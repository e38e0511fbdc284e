"""Find another house for a party, and move it there together."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.actions.moving import take_elsewhere
from smartkampung.isolation.queries import moving
from smartkampung.isolation.queries.rooms import Near
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_houses import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


class HouseChoice(forms.Form):
    """One of the houses that have room."""

    house = forms.TypedChoiceField(
        label=gettext_lazy("Which house do they move to?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a house.")},
    )

    def __init__(self, data: Any, *, near: Sequence[Near]) -> None:
        super().__init__(data)
        places = present.where({one.village for one in near})
        field = self.fields["house"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.house_id, _said(one, places)) for one in near]


def _said(near: Near, places: dict[str, str]) -> str:
    free = ngettext("%(count)d bed free", "%(count)d beds free", near.free) % {
        "count": near.free
    }
    parts = [near.name, places[near.village], free]
    if near.km is not None:
        parts.append(_("%(km)d km") % {"km": round(near.km)})
    return " · ".join(parts)


@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def move(request: StaffRequest, reservation_id: int) -> HttpResponse:
    """Show a party and the houses with room; move it to the chosen one."""
    party = moving.party_for(request.actor, reservation_id)
    people = moving.people_of(party)
    note_people(request.actor, people, P.ARRIVAL_RECORD)
    near = moving.houses_for_party(party, on=today())
    posted = request.POST if request.method == "POST" else None
    form, status = HouseChoice(posted, near=near), 200
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                take_elsewhere(
                    party=party,
                    house_id=form.cleaned_data["house"],
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(
                    request, _("They have a place in that house, and are told."), "ok"
                )
                return redirect("staff_home")
    context = {
        "form": form,
        "party": party,
        "people": people,
        "near": near,
    }
    return render(request, "isolation_houses/move.html", context, status=status)
