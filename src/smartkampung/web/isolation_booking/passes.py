"""The pass of a booking: on the phone and on paper, for the checkpoint to scan."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day, moment
from smartkampung.regions.queries import regency
from smartkampung.web.isolation_booking.opened import opened_or_404, told
from smartkampung.web.isolation_booking.views import OPENED, OPENED_BY_ALL
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Show the pass: the code, its QR, where to and when."""
    context = told(code, opened_or_404(code))
    # The link and not the bare code: any phone opens it, and the checkpoint reads both.
    link = _link(code)
    context |= {"qr": qr_svg(link), "link": link, "rows": _rows(context)}
    return render(request, "isolation_booking/slip.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Return the pass as a PDF to keep or to print."""
    content = _document(code, told(code, opened_or_404(code)), at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="pass.pdf"'
    return response


def _link(code: str) -> str:
    return settings.SITE_URL + reverse("stay:case", args=[code])


def _rows(context: dict[str, Any]) -> list[dict[str, str]]:
    row = context["row"]
    house = row.house
    told_of = {
        _("Arrival"): long_day(row.arrives_on),
        _("Where"): context["where"],
        _("People"): str(context["people"]),
        _("Way in"): str(context["entry"]),
        _("Ask there"): f"{house.contact_name}, {house.contact_phone}" if house else "",
    }
    return [{"name": name, "value": value} for name, value in told_of.items() if value]


def _document(code: str, context: dict[str, Any], *, at: datetime) -> bytes:
    here, link = regency(), _link(code)
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Pass for isolation"),
        "regency": here.name if here else "",
        "code_label": _("Code of the booking"),
        "code": code,
        "link": link,
        "qr": str(qr_svg(link)),
        "rows": _rows(context),
        "next_title": _("What happens next"),
        "steps": [asdict(line) for line in context["lines"]],
        "warning": _(
            "The place, the food and the letter are free. Nobody may ask for money."
        ),
        "foot": moment(at),
    }
    return compile_pdf("slip", data, at=at)
