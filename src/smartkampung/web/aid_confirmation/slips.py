"""Slips on paper for families that no message can ask."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.confirmation.actions import print_slip
from smartkampung.aid.confirmation.queries import slip_for, slips_for
from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment
from smartkampung.regions.queries import regency
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25


@staff_page(P.CONFIRMATION_FOLLOW)
def slips(request: StaffRequest) -> HttpResponse:
    """List the families that get a slip."""
    return _page(request)


@staff_page(P.CONFIRMATION_FOLLOW, "POST")
def slip(request: StaffRequest, confirmation_id: int) -> HttpResponse:
    """Return a slip as a PDF, with a code that no other slip has."""
    at = now()
    row = slip_for(request.actor, confirmation_id, at=at)
    try:
        code = print_slip(confirmation=row, by=request.actor, at=at)
    except Refused as refusal:
        return _page(request, problem=str(refusal.message), status=409)
    response = HttpResponse(_document(code, row, at), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="slip.pdf"'
    return response


def _page(
    request: StaffRequest, *, problem: str = "", status: int = 200
) -> HttpResponse:
    found = Paginator(slips_for(request.actor, at=now()), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    rows = list(page)
    people = [row.due.person for row in rows]
    note_looks(
        request.actor,
        people,
        purpose="aid.confirmation_slip",
        permission=P.CONFIRMATION_FOLLOW,
    )
    places = present.where({row.region_code for row in rows})
    items = [
        (row, person, places[row.region_code])
        for row, person in zip(rows, people, strict=True)
    ]
    context = {"page": page, "items": items, "problem": problem}
    return render(request, "aid_confirmation/slips.html", context, status=status)


def _document(code: str, row: Any, at: datetime) -> bytes:
    link = settings.SITE_URL + reverse("confirmation:answer", args=[code])
    here = regency()
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Did your aid arrive?"),
        "regency": here.name if here else "",
        "code_label": _("Your code"),
        "code": code,
        "link": link,
        "qr": str(qr_svg(link)),
        "rows": [{"name": _("Answer by"), "value": long_day(row.expires_at)}],
        "next_title": _("What happens next"),
        "steps": [
            {
                "title": _("Open the address or let somebody scan the code"),
                "when": "",
                "note": _("Say whether your family received all of it."),
            }
        ],
        "warning": _("Aid is free. Nobody may ask for a share of it."),
        "foot": moment(at),
    }
    return compile_pdf("slip", data, at=at)
