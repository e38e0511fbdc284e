"""The sheet of one day: tick who is there; the same form sent twice is one sheet."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.programmes.actions.attending import record_sheet
from smartkampung.recovery.programmes.queries.days import days_held, present_on
from smartkampung.recovery.programmes.queries.offers import offer_for
from smartkampung.recovery.programmes.queries.seats import sheet_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.forms import SheetForm
from smartkampung.web.typed import row_id

P = Permission


@staff_page(P.RECOVERY_ATTEND, "GET", "HEAD", "POST")
def sheet(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Show everybody who takes part, with a box each; write down who is there."""
    offer = offer_for(request.actor, offer_id)
    rows = list(sheet_of(request.actor, offer))
    on = _day(request.GET.get("on", ""), offer)
    if request.method != "POST":
        form = SheetForm(initial={"form_id": uuid.uuid4(), "on": on})
        known = present_on(offer.pk, on)
        return _page(request, offer, rows, form, _ticked_so_far(rows, known))
    form = SheetForm(request.POST)
    mine = {seat.pk for seat in rows}
    ticked, shown = (_named(request, name) & mine for name in ("present", "shown"))
    if not form.is_valid():
        return _page(request, offer, rows, form, ticked, status=422)
    try:
        record_sheet(
            form_id=form.cleaned_data["form_id"],
            offer=offer,
            on=form.cleaned_data["on"],
            shown=shown,
            present=ticked & shown,
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, offer, rows, form, ticked, status=409)
    messages.success(request, _("The sheet is written down. Thank you."), "ok")
    return redirect("recovery_staff:offer", offer.pk)


def _named(request: StaffRequest, name: str) -> set[int]:
    """Return the people whom the boxes of a sheet name; anything else is left out."""
    found = (row_id(text) for text in request.POST.getlist(name))
    return {key for key in found if key is not None}


def _day(typed: str, offer: Any) -> date:
    """Return the day that was asked for, else today within the days of the offer."""
    try:
        asked = date.fromisoformat(typed)
    except ValueError:
        asked = today()
    latest: date = max(offer.starts_on, min(asked, offer.ends_on))
    return latest


def _ticked_so_far(rows: list[Any], known: dict[int, bool]) -> set[int]:
    """Return who is ticked when the sheet opens: as written down, else nobody."""
    return {seat.pk for seat in rows if known.get(seat.pk)}


def _page(
    request: StaffRequest,
    offer: Any,
    rows: list[Any],
    form: SheetForm,
    ticked: set[int],
    *,
    status: int = 200,
) -> HttpResponse:
    names = present.names_for(request.actor, rows)
    context = {
        "offer": offer,
        "title": present.title_of(offer),
        "form": form,
        "rows": [(seat, names[seat.pk], seat.pk in ticked) for seat in rows],
        "held": days_held(offer.pk),
    }
    return render(request, "recovery/sheet.html", context, status=status)


@staff_page(P.RECOVERY_ATTEND)
def paper(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Show the list to be printed and signed, with a column for each of some days."""
    offer = offer_for(request.actor, offer_id)
    rows = list(sheet_of(request.actor, offer))
    names = present.names_for(request.actor, rows)
    context = {
        "offer": offer,
        "title": present.title_of(offer),
        "kind": present.kind_of(offer),
        "days": present.days_of(offer),
        "rows": [(seat, names[seat.pk]) for seat in rows],
        "columns": range(1, 6),
    }
    return render(request, "recovery/paper.html", context)
