"""Write an offer, change its draft, and open it by a second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.programmes.actions import planning
from smartkampung.recovery.programmes.queries.offers import (
    approved_scenarios,
    managed_offer_for,
)
from smartkampung.recovery.programmes.queries.offers import (
    programme as programme_by_id,
)
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.regions.queries import names
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.recovery.planforms import OfferForm

P = Permission
COPIED = (
    "title",
    "title_en",
    "text",
    "text_en",
    "venue",
    "region_code",
    "places",
    "starts_on",
    "ends_on",
    "answer_days",
    "pays",
    "cost_each",
    "wage",
    "days",
    "loan_months",
)


def _form(request: StaffRequest, kind: Kind, initial: dict[str, Any]) -> OfferForm:
    return OfferForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        scenarios=approved_scenarios(),
        areas=_areas(request.actor),
        initial=initial,
    )


def _areas(actor: Actor) -> areas.Choices:
    """Return the places where an officer manages programmes, and those inside."""
    own = actor.regions_where(P.RECOVERY_MANAGE)
    return [*sorted(names(own).items()), *areas.choices(actor, [P.RECOVERY_MANAGE])]


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def new_offer(request: StaffRequest, programme_id: int) -> HttpResponse:
    """Draft one round of a programme."""
    programme = programme_by_id(programme_id)
    form = _form(request, Kind(programme.kind), {})
    if request.method == "POST" and form.is_valid():
        try:
            offer = planning.make_offer(
                programme=programme,
                scenario_id=form.scenario_id(),
                wording=form.wording(),
                terms=form.terms(),
                by=request.actor.username,
                at=now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return _page(request, form, _("New offer"), status=409)
        messages.success(request, _("A second officer must open this offer."), "wait")
        return redirect("recovery_staff:offer", offer.pk)
    return _page(request, form, _("New offer"), status=422 if form.is_bound else 200)


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def change_offer(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Change a draft; whoever changed it last does not open it."""
    offer = managed_offer_for(request.actor, offer_id)
    initial = {name: getattr(offer, name) for name in COPIED}
    form = _form(
        request,
        Kind(offer.programme.kind),
        {**initial, "scenario": str(offer.scenario_id)},
    )
    title = _("Change this draft")
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, title, status=422 if form.is_bound else 200)
    try:
        planning.change_offer(
            offer=offer,
            scenario_id=form.scenario_id(),
            wording=form.wording(),
            terms=form.terms(),
            by=request.actor.username,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, form, title, status=409)
    messages.success(request, _("The draft is changed."), "ok")
    return redirect("recovery_staff:offer", offer.pk)


def _page(
    request: StaffRequest, form: OfferForm, title: str, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "about": _(
            "Once it is open, what people were promised does not change: look twice."
        ),
        "button": _("Keep this draft"),
    }
    return render(request, "recovery/form.html", context, status=status)


@staff_page(P.RECOVERY_MANAGE, "POST")
def open_offer(request: StaffRequest, offer_id: int) -> HttpResponse:
    """Open a draft by a second person: people are invited from now on."""
    offer = managed_offer_for(request.actor, offer_id)
    try:
        planning.open_offer(
            offer=offer,
            seen=request.POST.get("seen", ""),
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
        return redirect("recovery_staff:offer", offer.pk)
    messages.success(
        request, _("The offer is open. The first in line are being invited."), "ok"
    )
    return redirect("recovery_staff:offer", offer.pk)
