"""Sheets of cards by RT, and a new card for a lost one."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.cards.actions import Made, end_card, make_cards, replace_card
from smartkampung.aid.cards.queries import cards_of, homes, places_for, recipient_for
from smartkampung.aid.cards.rules import MOST_AT_ONCE, End
from smartkampung.aid.cards.words import ENDS
from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names, regency
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_cards.forms import EndForm
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PURPOSE = "aid.card"


@staff_page(P.CARD_MAKE)
def here(request: StaffRequest) -> HttpResponse:
    """Lead to the actor's own region."""
    return redirect("aid_cards:places", min(homes(request.actor)))


@staff_page(P.CARD_MAKE, "GET", "POST")
def cards(request: StaffRequest, region: str) -> HttpResponse:
    """Show by village or RT who lacks a card; return a sheet of cards as a PDF."""
    if request.method != "POST":
        return _places(request, region)
    at = now()
    places_for(request.actor, region)
    try:
        made = make_cards(region=region, by=request.actor, at=at)
    except Refused as refusal:
        return _places(request, region, problem=str(refusal.message), status=409)
    return _paper(request, made, at)


@staff_page(P.CARD_MAKE, "GET", "POST")
def of_person(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show the cards of a person; replace a lost one with a new one on paper."""
    person = recipient_for(request.actor, person_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        end, at = form.cleaned_data["end"], now()
        try:
            if end is not End.WITHDRAWN:
                code = replace_card(person=person, end=end, by=request.actor, at=at)
                return _paper(request, [(person, code)], at)
            end_card(person=person, by=request.actor, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return _person(request, person, form, status=409)
        messages.success(request, _("The card does not work any more."), "ok")
        return redirect("aid_cards:person", person_id)
    return _person(request, person, form, status=422 if form.is_bound else 200)


def _person(
    request: StaffRequest, person: Any, form: EndForm, *, status: int
) -> HttpResponse:
    note_looks(request.actor, [person], purpose=PURPOSE, permission=P.CARD_MAKE)
    rows = [(row, ENDS[End(row.end)] if row.end else "") for row in cards_of(person)]
    context = {"person": person, "rows": rows, "form": form}
    return render(request, "aid_cards/person.html", context, status=status)


def _places(
    request: StaffRequest, region: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    found = places_for(request.actor, region)
    in_village = level(region) == "village"
    words = present.where([row.code for row in found])
    context = {
        "region": region,
        "name": names([region]).get(region, region),
        "items": [(row, words[row.code]) for row in found],
        "in_village": in_village,
        "most": MOST_AT_ONCE,
        "problem": problem,
    }
    return render(request, "aid_cards/places.html", context, status=status)


def _paper(request: StaffRequest, made: Sequence[Made], at: datetime) -> HttpResponse:
    people = [person for person, _code in made]
    note_looks(request.actor, people, purpose=PURPOSE, permission=P.CARD_MAKE)
    response = HttpResponse(_document(made, at), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="cards.pdf"'
    return response


def _document(made: Sequence[Made], at: datetime) -> bytes:
    office = regency()
    words = present.where({person.region_code for person, _code in made})
    sheets = groupby(made, key=lambda pair: pair[0].region_code)
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Recipient's card"),
        "regency": office.name if office else "",
        "sheets": [
            {
                "title": words[code],
                "cards": [
                    _card(person.name, code_, words[code]) for person, code_ in of
                ],
            }
            for code, of in sheets
        ],
        "note": _(
            "Show this card at the hand-over. Lost? Tell the village office: they make"
            " a new one, and this one stops working."
        ),
        "made": _("Made on %(day)s") % {"day": long_day(at)},
    }
    return compile_pdf("cards", data, at=at)


def _card(name: str, code: str, place: str) -> dict[str, str]:
    link = settings.SITE_URL + reverse("card", args=[code])
    return {
        "name": name,
        "place": place,
        "code": code,
        "link": link,
        "qr": str(qr_svg(link)),
    }
