"""What is recorded about the own family, on one page; and who looked."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.aid.queries.benefits import benefits_of_family
from smartkampung.aid.queries.own import OwnCase, cases_of_family
from smartkampung.aid.rules.claims import State
from smartkampung.aid.words import REASONS
from smartkampung.kernel.clock import now
from smartkampung.residents.queries.own import (
    looks_of_others,
    own_family,
    own_looks,
    own_person,
)
from smartkampung.residents.rules.fields import FIELDS
from smartkampung.web.aid_cycles.present import proposals_of
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.letters_ask.mine import letters_of
from smartkampung.web.my_data.corrections import wishes_of
from smartkampung.web.my_data.looking import lines_of
from smartkampung.web.pages import ResidentRequest, resident_page
from smartkampung.web.people import present
from smartkampung.web.tracking.timeline import timeline_of

LOOKS_ON_A_PAGE = 25
LATEST_LOOKS = 3
LATEST_LETTERS = 3
WAITING = {State.TO_CHECK, State.TO_DECIDE}


@resident_page()
def home(request: ResidentRequest) -> HttpResponse:
    """Show the own record, the family, its aid and its open cases."""
    at, subject = now(), request.subject
    card = own_family(subject)
    me = own_person(subject)
    context = {
        "me": me,
        "facts": present.facts_among(set(FIELDS) - {"address", "kk", "phone"}, me),
        "card": present.family_facts_among(set(FIELDS), card.family),
        "members": [present.on_the_card(row) for row in card.members],
        "benefits": benefits_of_family(family_id=subject.family_id, on=at.date()),
        "proposals": proposals_of(subject.family_id, on=at.date()),
        "cases": [_case(row) for row in cases_of_family(subject.family_id, at=at)],
        "wishes": wishes_of(subject),
        "letters": letters_of(subject, most=LATEST_LETTERS),
        "looks": lines_of(looks_of_others(subject)[:LATEST_LOOKS]),
    }
    return render(request, "my_data/home.html", context)


@resident_page()
def looks(request: ResidentRequest) -> HttpResponse:
    """Show who looked at the own record, when and why; the office and not the name."""
    rows = Paginator(own_looks(request.subject), LOOKS_ON_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {"looks": lines_of(page.object_list), "page": page}
    return render(request, "my_data/looks.html", context)


def _case(case: OwnCase) -> dict[str, Any]:
    outcome = case.outcome
    return {
        "case": case,
        "timeline": timeline_of(case.followed, at=now())
        if case.state in WAITING
        else None,
        "outcome": outcome,
        "reasons": reasons(
            REASONS, outcome.reasons, outcome.blocked_by, components=False
        )
        if outcome
        else [],
    }
