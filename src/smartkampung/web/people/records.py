"""One person, one family, and who looked at them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.labels import office_words
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.audit.queries import looks_at
from smartkampung.duplicates.queries import open_pairs_with, survivor_for
from smartkampung.kernel.clock import today
from smartkampung.kernel.errors import Refused
from smartkampung.residents import queries
from smartkampung.residents.actions import Number, reveal_number
from smartkampung.residents.queries.as_of import family_on, person_on
from smartkampung.residents.queries.events import events_of
from smartkampung.residents.subject import FAMILY
from smartkampung.web.life import present as life
from smartkampung.web.life.as_of import Asked, asked_day
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import present
from smartkampung.web.people.benefits import benefits_card
from smartkampung.web.people.forms import RevealForm
from smartkampung.web.people.identity import identity_of
from smartkampung.web.people.words import LABELS, PURPOSES

VIEW, REVEAL = Permission.RESIDENT_VIEW, Permission.RESIDENT_REVEAL
LOOKS_ON_A_PAGE = 50
DOUBLES_SHOWN = 3


@staff_page(VIEW)
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one person."""
    row, asked = queries.person_for(request.actor, pk), asked_day(request)
    if asked.past:
        return _past_person(request, row, asked)
    return _person_page(request, row, asked=asked)


def _past_person(
    request: StaffRequest, row: queries.Person, asked: Asked
) -> HttpResponse:
    then = person_on(row, asked.on)
    context = {
        "row": row,
        "asked": asked,
        "tag": present.status_tag(then) if then else None,
        "facts": present.facts(request.actor, then) if then else [],
        "family_id": then.family_id if then else None,
    }
    return render(request, "people/person_then.html", context)


@staff_page(REVEAL, "POST")
def reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a sealed number once, for a reason that is written down."""
    row = queries.person_for(
        request.actor, pk, purpose="resident.reveal", permission=REVEAL
    )
    form = RevealForm(request.POST, numbers=present.numbers(row))
    if not form.is_valid():
        return _person_page(request, row, form, status=422)
    number = Number(form.cleaned_data["number"])
    reason = form.cleaned_data["reason"]
    try:
        plain = reveal_number(
            person=row, number=number, reason=reason, by=request.actor
        )
    except Refused as refusal:
        form.add_error("reason", str(refusal.message))
        return _person_page(request, row, form, status=422)
    shown = {"label": LABELS[number], "digits": present.in_fours(plain)}
    if number == Number.PHONE:
        shown["call"] = plain
    return _person_page(request, row, shown=shown)


def _person_page(
    request: StaffRequest,
    row: queries.Person,
    form: RevealForm | None = None,
    *,
    shown: dict[str, Any] | None = None,
    asked: Asked | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, code = request.actor, row.region_code
    numbers = present.numbers(row) if actor.may_in(REVEAL, code) else []
    context = {
        "row": row,
        "tag": present.status_tag(row),
        "facts": present.facts(actor, row),
        "flags": present.flags(actor, row),
        "shown": shown,
        "form": (form or RevealForm(numbers=numbers)) if numbers else None,
        "may_print": actor.may_in(Permission.STATEMENT_PRINT, code),
        "survivor": survivor_for(actor, row),
        "doubles": open_pairs_with(actor, row)[:DOUBLES_SHOWN],
        "asked": asked,
        "events": life.events(actor, events_of(row)),
        "may_record": actor.may_in(Permission.LIFE_EVENT_RECORD, code),
        "may_have_account": actor.may_in(Permission.ACCOUNT_RECORD, code),
        "may_name_proxy": actor.may_in(Permission.PROXY_RECORD, code),
        "may_ask_letter": actor.may_in(Permission.LETTER_ASK, code),
        "may_make_card": actor.may_in(Permission.CARD_MAKE, code),
        "may_correct": actor.may_in(Permission.CORRECTION_ASK, code),
        "may_see_looks": actor.may_in(Permission.ACCESS_LOG_VIEW, code),
        **identity_of(request, row),
        **benefits_card(actor, row.family_id, row, on=today()),
    }
    return render(request, "people/person.html", context, status=status)


@staff_page(VIEW)
def family(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one family with its members and what it gets."""
    asked = asked_day(request)
    if asked.past:
        return _past_family(request, pk, asked)
    card = queries.family_for(request.actor, pk)
    head = card.members[0] if card.members else None
    benefits = (
        benefits_card(request.actor, card.family.pk, head, on=today()) if head else {}
    )
    context = {
        "family": card.family,
        "head": head,
        "facts": present.family_facts(request.actor, card.family),
        "members": present.lines(card.members),
        "asked": asked,
        "may_record": request.actor.may_in(
            Permission.LIFE_EVENT_RECORD, card.family.region_code
        ),
        **benefits,
    }
    return render(request, "people/family.html", context)


def _past_family(request: StaffRequest, pk: int, asked: Asked) -> HttpResponse:
    then = family_on(request.actor, pk, asked.on)
    members = [
        line | {"closed": line["pk"] in then.elsewhere}
        for line in present.lines(then.members)
    ]
    context = {"family": then.family, "asked": asked, "members": members}
    return render(request, "people/family_then.html", context)


@staff_page(Permission.ACCESS_LOG_VIEW)
def looks(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who looked at this record, when and what for."""
    row = queries.person_for(
        request.actor,
        pk,
        purpose="resident.looks",
        permission=Permission.ACCESS_LOG_VIEW,
    )
    page = Paginator(looks_at(row.pk), LOOKS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    names = full_names(look.by for look in page)
    rows = [
        {
            "at": look.at,
            "by": _("The family itself")
            if look.by == FAMILY
            else names.get(look.by, look.by),
            "office": office_words(look.role),
            "purpose": PURPOSES.get(look.purpose, look.purpose),
            "reason": look.reason,
            "revealed": look.revealed,
        }
        for look in page
    ]
    may_open = request.actor.may_in(VIEW, row.region_code)
    context = {"row": row, "looks": rows, "page": page, "may_open": may_open}
    return render(request, "people/looks.html", context)
