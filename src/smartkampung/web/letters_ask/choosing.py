"""What do you need a letter for? Every letter, by what it is for."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from smartkampung.kernel.clock import day, now
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.catalogue.rules.kinds import Group
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import GROUPS
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import regency
from smartkampung.web import resident_session
from smartkampung.web.letters_ask.searching import matching
from smartkampung.web.pages import public_page

LONGEST_SEARCH = 80


@never_cache
@public_page()
def choose(request: HttpRequest) -> HttpResponse:
    """Offer every letter in groups, or those that fit what was typed."""
    session = resident_session.of(request)
    if session is not None:
        village = village_of(session.person.region_code)
    else:
        here = regency()
        village = here.code if here else ""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    offered = kinds_offered(village, day(now()))
    context = {
        "typed": typed,
        "groups": groups_of(matching(offered, typed), best_first=bool(typed)),
        "signed_in": session is not None,
    }
    return render(request, "letters_ask/choose.html", context)


def groups_of(
    offered: Iterable[Wording], *, best_first: bool = False
) -> list[dict[str, Any]]:
    """Return letters under the headings of the catalogue, in its order.

    With ``best_first`` the heading of the first letter comes first, and so on.
    """
    lang = (get_language() or "id")[:2]
    rows: dict[Group, list[dict[str, str]]] = {}
    if not best_first:
        rows = {group: [] for group in Group}
    for one in offered:
        kind = one.kind
        rows.setdefault(kind.group, []).append(
            {
                "code": kind.code,
                "title": kind.title.of(lang),
                "about": kind.about.of(lang),
            }
        )
    return [
        {"title": GROUPS[group], "letters": letters}
        for group, letters in rows.items()
        if letters
    ]
