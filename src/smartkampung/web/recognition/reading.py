"""Thanks to the offices of one's villages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dateformat

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.recognition.queries.thanks import thanks_for
from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.regions.queries import names
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recognition.words import SENTENCES, SERVICES

PAGE_SIZE = 25


@staff_page(Permission.DESK)
def thanks(request: StaffRequest) -> HttpResponse:
    """List thanks: what was said, for what, in which month; never by whom."""
    found = Paginator(thanks_for(request.actor), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    rows = list(page)
    villages = names({row.village_code for row in rows})
    context = {
        "page": page,
        "rows": [_line(row, villages) for row in rows],
        "several": len(villages) > 1,
    }
    return render(request, "recognition/thanks.html", context)


def _line(row: Any, villages: dict[str, str]) -> dict[str, Any]:
    sentence = Sentence(row.sentence)
    return {
        "said": row.words if sentence is Sentence.OWN else SENTENCES[sentence],
        "service": SERVICES[Service(row.service)],
        "village": villages[row.village_code],
        "month": dateformat.format(row.given_on, "F Y"),
    }
