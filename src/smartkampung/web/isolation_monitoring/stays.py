"""Everybody who isolates or isolated, to find again: who was let go, and the letter."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.archive import Standing, found_for
from smartkampung.kernel.clock import today
from smartkampung.web.aid_staff import present
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25
STANDINGS = {
    Standing.RELEASED: _("Let go, with a letter"),
    Standing.OVER: _("The last day is over, still there"),
    Standing.PRESENT: _("In isolation now"),
    Standing.HOSPITAL: _("In hospital"),
    Standing.LOST: _("Lost"),
}


class FindForm(forms.Form):
    """Whom to look for."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=80,
        help_text=_("A part of it is enough. Empty: everybody."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    show = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[(one.value, words) for one, words in STANDINGS.items()],
    )


@staff_page(P.RELEASE_DECIDE)
def stays(request: StaffRequest) -> HttpResponse:
    """List who stands so; who was let go first, because the letter is asked for."""
    form = FindForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    standing = Standing(asked.get("show") or Standing.RELEASED)
    name = asked.get("name", "")
    found = found_for(request.actor, standing, name=name, today=today())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    note_people(request.actor, rows, P.RELEASE_DECIDE)
    context: dict[str, Any] = {
        "form": form if form.is_bound else FindForm(initial={"show": standing}),
        "page": page,
        "items": _items(rows),
        "total": page.paginator.count,
        "ended": standing not in (Standing.OVER, Standing.PRESENT),
        "kept": f"?{urlencode({'name': name, 'show': standing.value})}&",
    }
    return render(request, "isolation_monitoring/stays.html", context)


def _items(rows: list[Any]) -> list[tuple[Any, str, str]]:
    places = present.where({row.reservation.region_code for row in rows})
    return [
        (
            row,
            places[row.reservation.region_code],
            row.reservation.house.name
            if row.reservation.house
            else row.reservation.address,
        )
        for row in rows
    ]
