"""What a place hangs up: its certificate, and a poster with how many may come today."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day, moment
from smartkampung.regions.queries import regency
from smartkampung.reopening.places.queries import register, standing
from smartkampung.reopening.places.rules.standing import Standing
from smartkampung.reopening.places.words import KINDS
from smartkampung.web.protocols import present


def certificate_pdf(place: Any) -> HttpResponse | None:
    """Return the certificate of a place to hang up, or None where none is valid."""
    row = standing.certificate_of(place)
    if row is None or standing.verdict_on(row, today()).standing != Standing.VALID:
        return None
    link = _link("protocols:verify", standing.code_of(row))
    return _paper(
        "certificate",
        {
            "title": _("Certificate of health protocol"),
            "name": place.name,
            "kind": str(KINDS[place.kind]),
            "rows": [
                _row(
                    _("Address"), f"{place.address}, {present.area(place.region_code)}"
                ),
                _row(_("Number"), row.number),
                _row(_("Inspected on"), long_day(row.since)),
                _row(_("Valid until"), present.until(row.until)),
            ],
            "note": _(
                "Masks, temperature, hand-washing, distance: who does not keep them is"
                " not served. Not kept here? Scan the code and tell us."
            ),
            "link": link,
            "check": _("Is it valid today? Scan the code."),
        },
    )


def poster_pdf(place: Any, found: register.Room) -> HttpResponse:
    """Return how many may come today, to hang at the door."""
    room = present.room(found)
    link = _link("protocols:place", place.pk)
    return _paper(
        "certificate",
        {
            "title": _("How many may come in"),
            "name": room["text"],
            "kind": place.name,
            "rows": [
                _row(_("That is"), room.get("share", "")),
                _row(_("Why"), str(room["why"])),
                _row(_("For the day"), long_day(today())),
            ],
            "note": _("This changes with phase and zone. Print it anew when it does."),
            "link": link,
            "check": _("What holds now? Scan the code."),
        },
    )


def _link(name: str, argument: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[argument])}"


def _row(name: str, text: str) -> dict[str, str]:
    return {"name": name, "text": text}


def _paper(template: str, data: dict[str, Any]) -> HttpResponse:
    here, at = regency(), now()
    told = data | {
        "lang": (get_language() or "id")[:2],
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s") % {"moment": moment(at)},
        "rows": [row for row in data["rows"] if row["text"]],
        "qr": str(qr_svg(data["link"])),
    }
    content = compile_pdf(template, told, at=at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{template}.pdf"'
    return response
