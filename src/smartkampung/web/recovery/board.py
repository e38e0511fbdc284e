"""The programmes of an area at one look, and which kinds exclude each other."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import whole
from smartkampung.recovery.programmes.actions.planning import make_programme, set_pairs
from smartkampung.recovery.programmes.queries.offers import (
    Standing,
    offers_for,
    pairs,
    programmes,
    standing_of,
)
from smartkampung.recovery.programmes.queries.seats import loans_for, to_ask
from smartkampung.recovery.programmes.rules.states import Kind, SeatState
from smartkampung.recovery.programmes.words import KINDS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.planforms import (
    PairsForm,
    ProgrammeForm,
    all_pairs,
    value,
)

P = Permission
S = SeatState
PAGE_SIZE = 20
Part = dict[str, Any]


@staff_page(P.RECOVERY_VIEW)
def board(request: StaffRequest) -> HttpResponse:
    """Show each offer with its places and who stands where; running ones first."""
    rows = offers_for(request.actor)
    state = request.GET.get("state", "open")
    states = ("draft", "open", "finished", "closed")
    if state in states:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    standing = standing_of(page.object_list)
    where = present.where(offer.region_code for offer in page.object_list)
    late = [one for one in loans_for(request.actor, today()) if one.standing.arrears]
    context = {
        "page": page,
        "query": f"?state={state}&",
        "items": [
            offer_row(offer, standing[offer.pk], where.get(offer.region_code, ""))
            for offer in page.object_list
        ],
        "filters": [
            {
                "value": one,
                "text": present.tag_of_offer(one)["text"],
                "on": one == state,
            }
            for one in states
        ],
        "may_manage": request.actor.may(P.RECOVERY_MANAGE),
        "programmes": programmes() if request.actor.may(P.RECOVERY_MANAGE) else [],
        "kinds": KINDS,
        "late_loans": len(late),
        "to_ask": len(to_ask(request.actor, today())),
    }
    return render(request, "recovery/board.html", context)


def offer_row(offer: Any, standing: Standing, where: str) -> Part:
    """Return one offer with its numbers, as the board and its own page show them."""
    return {
        "offer": offer,
        "title": present.title_of(offer),
        "kind": present.kind_of(offer),
        "where": where,
        "days": present.days_of(offer),
        "tag": present.tag_of_offer(offer.state),
        "numbers": numbers_of(standing, running=offer.state == "open"),
    }


def numbers_of(standing: Standing, *, running: bool) -> list[Part]:
    """Return the numbers of an offer; late answers and free places stand out."""
    late = standing.of(S.EXPIRED)
    parts = [
        (standing.places, _("places"), ""),
        (standing.free, _("free"), "wait" if standing.free and running else ""),
        (standing.of(S.INVITED), _("wait for an answer"), ""),
        (standing.of(S.ACCEPTED), _("accepted"), ""),
        (standing.of(S.ATTENDING), _("take part"), ""),
        (standing.of(S.FINISHED), _("finished"), ""),
        (standing.of(S.DROPPED), _("gave up"), ""),
        (standing.of(S.REFUSED), _("said no"), ""),
        (late, _("no answer in time"), "late" if late else ""),
    ]
    if standing.of(S.CLOSED):
        parts.append((standing.of(S.CLOSED), _("sent home, first in line"), "wait"))
    return [
        {"value": whole(count), "meaning": meaning, "state": state}
        for count, meaning, state in parts
    ]


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def programme(request: StaffRequest) -> HttpResponse:
    """Write down a new programme."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
        made = make_programme(**given, by=request.actor.username, at=now())
        messages.success(request, _("The programme is written down."), "ok")
        return redirect("recovery_staff:new_offer", made.pk)
    context = {
        "form": form,
        "title": _("New programme"),
        "about": _("Its first offer comes next. Nobody is invited yet."),
        "button": _("Write this programme down"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "recovery/form.html", context, status=status)


@staff_page(P.RECOVERY_MANAGE, "GET", "HEAD", "POST")
def kinds(request: StaffRequest) -> HttpResponse:
    """Say which kinds of programmes exclude each other."""
    known = {value(*pair) for pair in pairs()}
    data = request.POST if request.method == "POST" else None
    form = PairsForm(data, initial={"pairs": sorted(known)})
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["pairs"])
        wanted = [pair for pair in all_pairs() if value(*pair) in chosen]
        set_pairs(pairs=wanted, by=request.actor.username)
        messages.success(request, _("This holds for invitations from now on."), "ok")
        return redirect("recovery_staff:kinds")
    context = {
        "form": form,
        "title": _("Which kinds exclude each other"),
        "about": _(
            "Nobody is invited into a programme while they are in one that excludes it."
            " Who is in both already stays."
        ),
        "button": _("Keep this"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "recovery/form.html", context, status=status)
