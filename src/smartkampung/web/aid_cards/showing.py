"""A card is shown: by phone camera, or by typing what stands on it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.aid.cards.queries import card_in_force, open_dues, shown_card
from smartkampung.aid.cards.rules import still_counts
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_cards.forms import CardCodeForm
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, public_page, staff_page

P = Permission
SESSION = "shown_card"


@never_cache
@public_page("GET", "HEAD")
def stranger(request: HttpRequest, code: str) -> HttpResponse:
    """Say to anybody that this is a card, whatever the code: nothing is looked up.

    Somebody who is signed in is sent on, to where it is looked up.
    """
    if request.user.is_authenticated:
        return redirect("aid_cards:shown", code)
    return render(request, "aid_cards/stranger.html", {"code": code})


@staff_page(P.HANDOVER_RECORD, "GET", "POST")
def find(request: StaffRequest) -> HttpResponse:
    """Ask for the code on a card."""
    asked = CardCodeForm(request.POST or None)
    if request.method == "POST" and asked.is_valid():
        return redirect("aid_cards:shown", asked.cleaned_data["code"])
    status = 422 if asked.is_bound else 200
    context = {"form": asked, "may_make": request.actor.may(P.CARD_MAKE)}
    return render(request, "aid_cards/find.html", context, status=status)


@staff_page(P.HANDOVER_RECORD)
def shown(request: StaffRequest, code: str) -> HttpResponse:
    """Lead from a card to the hand-over; say so when it no longer works."""
    card = shown_card(request.actor, code)
    if card is None:
        problem = _(
            "No card of a recipient in your area has this code. Type it from the card."
        )
        return _empty(request, problem, status=404)
    note_looks(
        request.actor, [card.person], purpose="aid.card", permission=P.HANDOVER_RECORD
    )
    if card.ended_at is not None:
        problem = _(
            "This card does not work any more: it was replaced or taken back. Ask for"
            " the new card, or for another proof of who this is."
        )
        return _empty(request, problem, status=409)
    request.session[SESSION] = [card.pk, now().isoformat()]
    dues = open_dues(request.actor, card.person)
    if len(dues) == 1:
        return redirect("aid_staff:hand_over", dues[0].pk)
    context = {"person": card.person, "items": [_item(due) for due in dues]}
    return render(request, "aid_cards/shown.html", context)


def card_shown_for(request: StaffRequest, person_id: int) -> int | None:
    """Return the id of this person's card, if it was shown here a moment ago."""
    kept = request.session.get(SESSION)
    if not kept:
        return None
    card_id, moment = kept
    if not still_counts(_moment(moment), at=now()):
        return None
    card = card_in_force(card_id, person_id)
    return card.pk if card else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _item(due: Any) -> tuple[Any, str, str]:
    programme = due.programme
    amount = present.amount(due.amount, programme.commodity)
    return due, either(programme.name, programme.name_en), amount


def _empty(request: StaffRequest, problem: str, *, status: int) -> HttpResponse:
    context = {
        "form": CardCodeForm(),
        "problem": problem,
        "may_make": request.actor.may(P.CARD_MAKE),
    }
    return render(request, "aid_cards/find.html", context, status=status)
