"""What a household at home wants from the kitchen, and what each of it eats."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses import homes as table
from smartkampung.isolation.houses.actions.eating import set_home_table
from smartkampung.isolation.monitoring.queries import age
from smartkampung.kernel.clock import now, today
from smartkampung.web.free_text import no_card_number
from smartkampung.web.isolation_houses import present
from smartkampung.web.isolation_houses.meals import form_of, write_down
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


class HomeForm(forms.Form):
    """Meals or none, and what is brought along."""

    cooks_itself = forms.BooleanField(
        label=gettext_lazy("They cook for themselves"),
        required=False,
        help_text=gettext_lazy("Then only baby food is brought."),
    )
    supplies = forms.CharField(
        label=gettext_lazy("Also bring"),
        required=False,
        max_length=200,
        validators=[no_card_number],
        help_text=gettext_lazy("Such as rice, soap, nappies. No names, no illness."),
        error_messages={
            "max_length": gettext_lazy("At most 200 letters. You typed %(show_value)d.")
        },
    )


@staff_page(P.ARRIVAL_RECORD, "GET", "HEAD", "POST")
def home(request: StaffRequest, party_id: int) -> HttpResponse:
    """Show what a household at home gets, and take down what it wants."""
    party = table.home_for(request.actor, party_id)
    said = table.table_of(party)
    if request.method != "POST":
        wants = {
            "cooks_itself": bool(said and said.cooks_itself),
            "supplies": said.supplies if said else "",
        }
        return _page(request, party, HomeForm(initial=wants))
    form = HomeForm(request.POST)
    if not form.is_valid():
        return _page(request, party, form, status=422)
    set_home_table(party=party, by=request.actor, at=now(), **form.cleaned_data)
    messages.success(request, _("Saved. The kitchen reads it."), "ok")
    return redirect("isolation_houses:home", party_id)


@staff_page(P.ARRIVAL_RECORD, "POST")
def eats_at_home(request: StaffRequest, party_id: int, stay_id: int) -> HttpResponse:
    """Write down what one of a household at home eats."""
    party = table.home_for(request.actor, party_id)
    stay = table.stay_at_table(party, stay_id)
    write_down(request, stay, place=party.region_code)
    return redirect("isolation_houses:home", party_id)


def _page(
    request: StaffRequest, party: Any, form: HomeForm, *, status: int = 200
) -> HttpResponse:
    on = today()
    items = [
        (one, number, age(one.born_on, on), form_of(one))
        for number, one in enumerate(table.at_table(party, on), 1)
    ]
    context = {
        "party": party,
        "place": present.where([party.region_code])[party.region_code],
        "form": form,
        "items": items,
    }
    return render(request, "isolation_houses/home.html", context, status=status)
