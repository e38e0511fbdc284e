"""One offer with its people; paying wages; ending it, or asking to close it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import rupiah
from smartkampung.recovery.programmes.actions import closing as closings
from smartkampung.recovery.programmes.actions.paying import pay_wages
from smartkampung.recovery.programmes.actions.planning import fingerprint
from smartkampung.recovery.programmes.queries.money import owed_to
from smartkampung.recovery.programmes.queries.offers import (
    closing_for,
    closing_waiting,
    managed_offer_for,
    offer_for,
    standing_of,
)
from smartkampung.recovery.programmes.queries.seats import people_of
from smartkampung.recovery.programmes.rules.states import OfferState, Pays, SeatState
from smartkampung.recovery.programmes.words import SEATS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.board import offer_row
from smartkampung.web.recovery.forms import PaidForm, ReasonForm

P = Permission
PAGE_SIZE = 50
Part = dict[str, Any]


@staff_page(P.RECOVERY_VIEW)
def offer(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Show one offer: its numbers, its people who live here, and what is to do."""
    actor, row = request.actor, offer_for(request.actor, offer_id)
    asked = request.GET.get("state", "")
    wanted = [asked] if asked in {state.value for state in SeatState} else []
    page = Paginator(people_of(actor, row, wanted), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    where = present.where([row.region_code, *(one.region_code for one in page)])
    manages = actor.may_in(P.RECOVERY_MANAGE, row.region_code)
    owed = owed_to(row, row.seats.all()) if manages else {}
    context = {
        **offer_row(row, standing_of([row])[row.pk], where.get(row.region_code, "")),
        "text": present.text_of(row),
        "gives": present.gives(row),
        "page": page,
        "query": f"?state={asked}&" if wanted else "?",
        "people": _people(request, page, where),
        "filters": [
            {"value": state.value, "text": words, "on": state.value in wanted}
            for state, (_colour, words) in SEATS.items()
        ],
        "all": not wanted,
        "manages": manages,
        "attends": actor.may(P.RECOVERY_ATTEND) and row.state == OfferState.OPEN,
        "own": row.made_by == actor.username,
        "closing": closing_waiting(row),
        "closed": row.closings.filter(granted=True).first(),
        "owed": sum(owed.values()),
        "owed_people": len(owed),
        "pays_by_day": row.pays in (Pays.WAGE, Pays.COURSE),
        "pay_form": PaidForm(),
        "seen": fingerprint(row),
    }
    return render(request, "recovery/offer.html", context)


def _people(request: StaffRequest, page: Any, where: dict[str, str]) -> list[Part]:
    names = present.names_for(request.actor, page)
    return [
        {
            "seat": seat,
            "name": names[seat.pk],
            "where": where.get(seat.region_code, ""),
            "tag": present.tag_of_seat(seat.state),
        }
        for seat in page
    ]


@staff_page(P.RECOVERY_MANAGE, "POST")
def pay(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Pay everybody what is owed for what was done; pressing twice pays once."""
    row = managed_offer_for(request.actor, offer_id)
    form = PaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, present.why_not_paid(form), "late")
        return redirect("recovery_staff:offer", row.pk)
    try:
        total = pay_wages(
            **form.cleaned_data,
            offer=row,
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        words = _("%(total)s is written down as paid.") % {"total": rupiah(total)}
        messages.success(request, words, "ok")
    return redirect("recovery_staff:offer", row.pk)


@staff_page(P.RECOVERY_MANAGE, "POST")
def end(request: StaffRequest, offer_id: int) -> HttpResponse:
    """End an offer in which nobody is any more."""
    row = managed_offer_for(request.actor, offer_id)
    try:
        closings.end_offer(offer=row, by=request.actor.username, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("The offer is finished."), "ok")
    return redirect("recovery_staff:offer", row.pk)


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def close(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Ask to close an offer before its time: a second person decides."""
    row = managed_offer_for(request.actor, offer_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            closings.ask_to_close(
                offer=row,
                reason=form.cleaned_data["reason"],
                by=request.actor.username,
                at=now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("A second officer must agree."), "wait")
            return redirect("recovery_staff:offer", row.pk)
    context = {
        "form": form,
        "title": _("Close “%(title)s” before its end")
        % {"title": present.title_of(row)},
        "about": _(
            "Everybody who is invited or takes part is sent home with this reason and"
            " comes first in the next offer of this kind. What they earned stays owed."
        ),
        "button": _("Ask to close this offer"),
        "back": row,
        "danger": True,
    }
    return render(request, "recovery/form.html", context, status=status)


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def closing(request: StaffRequest, closing_id: int) -> HttpResponse:
    """Decide whether an offer is closed before its time; the first person may not."""
    wish = closing_for(request.actor, closing_id)
    if request.method != "POST":
        return _closing_page(request, wish)
    try:
        sent = closings.decide_closing(
            wish=wish,
            granted=request.POST.get("granted") == "yes",
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        return _closing_page(request, wish, str(refusal.message), status=409)
    messages.success(request, _said(sent), "ok")
    return redirect("recovery_staff:offer", wish.offer_id)


def _said(sent: int) -> str:
    words = ngettext(
        "%(count)d person was sent home, first in line.",
        "%(count)d people were sent home, first in line.",
        sent,
    )
    return words % {"count": sent} if sent else _("Your decision is written down.")


def _closing_page(
    request: StaffRequest, wish: Any, refusal: str = "", *, status: int = 200
) -> HttpResponse:
    row = wish.offer
    standing = standing_of([row])[row.pk]
    live = (SeatState.INVITED, SeatState.ACCEPTED, SeatState.ATTENDING)
    context = {
        "wish": wish,
        "offer": row,
        "title": present.title_of(row),
        "people": standing.of(*live),
        "owed": sum(owed_to(row, row.seats.all()).values()),
        "own": wish.asked_by == request.actor.username,
        "refusal": refusal,
        "on": today(),
    }
    return render(request, "recovery/closing.html", context, status=status)
