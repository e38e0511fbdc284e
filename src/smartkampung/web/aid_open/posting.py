"""The posted list on paper, for the board of the village office."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.disclosure.queries import Posted, posted_for, posted_list_for
from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment, whole
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import names, regency, region
from smartkampung.web.aid_open.present import objection
from smartkampung.web.pages import StaffRequest, staff_page

POST = Permission.LIST_POST


@staff_page(POST)
def lists(request: StaffRequest) -> HttpResponse:
    """Show which lists are posted in the villages of the reader, to print them."""
    rows = posted_for(request.actor, on=today())
    known = names({row.village_code for row in rows})
    items = [
        (
            row,
            known.get(row.village_code, row.village_code),
            _programme(row.publication),
        )
        for row in rows
    ]
    return render(request, "aid_open/posted.html", {"items": items})


@staff_page(POST)
def paper(
    request: StaffRequest, publication_id: uuid.UUID, village: str
) -> HttpResponse:
    """Return the list of a village as a PDF, with the door for complaints."""
    posted = posted_list_for(request.actor, publication_id, village, on=today())
    response = HttpResponse(_document(posted, now()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="list.pdf"'
    return response


def _document(posted: Posted, at: datetime) -> bytes:
    row, here, place = posted.publication, regency(), region(posted.village_code)
    office = region(ancestor(posted.village_code, "kecamatan"))
    link = settings.SITE_URL + objection(row.cycle.programme, posted)
    facts = [
        (_("Number of the list"), posted.number),
        (_("Village"), place.name if place else ""),
        (_("Cycle"), row.cycle.name),
        (_("Recipients"), whole(len(posted.names))),
        (_("Posted"), f"{long_day(row.since)} – {long_day(posted.last_day)}"),
        (_("Legal basis"), row.legal_reference),
    ]
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Recipients: %(programme)s") % {"programme": _programme(row)},
        "regency": here.name if here else "",
        "facts": [{"name": name, "value": value} for name, value in facts],
        "masked": _("Only the first letters are written, to protect families."),
        "names": [
            {"number": whole(number), "name": name} for number, name in posted.names
        ],
        "tell_title": _("Is something wrong?"),
        "tell": _(
            "Object or complain without your name: scan the code or open the address,"
            " and type the number of the list and the number before the name. You get"
            " a code of your own, with which you read the answer."
        ),
        "phone": _("Kecamatan office: %(phone)s") % {"phone": office.phone}
        if office and office.phone
        else "",
        "link": settings.SITE_URL + reverse("grievance:choose"),
        "qr": str(qr_svg(link)),
        "warning": _("Aid is free. Nobody may ask for a share of it."),
        "foot": _("Take this list down after %(day)s.")
        % {"day": long_day(posted.last_day)}
        + f" {moment(at)}",
    }
    return compile_pdf("posted", data, at=at)


def _programme(row: Any) -> str:
    return either(row.cycle.programme.name, row.cycle.programme.name_en)
