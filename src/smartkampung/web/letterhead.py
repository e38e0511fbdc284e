"""Letters of the regency as PDF: what they share, whatever they are about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.wording import moment
from smartkampung.regions.queries import regency


def letter_answer(
    *,
    title: str,
    told: Mapping[Any, Any],
    link: str,
    note: str,
    by: str,
    at: datetime,
    lines: Sequence[Mapping[str, str]] = (),
) -> HttpResponse:
    """Return a letter in the reader's language, with a QR code that proves it.

    ``told`` are its rows by name, the empty ones left out; ``link`` leads to the page
    that says what the letter says, ``by`` who printed it.
    """
    here = regency()
    printed = _("Printed %(moment)s by %(name)s") if by else _("Printed %(moment)s")
    data = {
        "lang": (get_language() or "id")[:2],
        "title": title,
        "regency": here.name if here else "",
        "foot": printed % {"moment": moment(at), "name": by},
        "rows": [{"name": str(n), "text": str(t)} for n, t in told.items() if t],
        "why": _("What the rule looks at"),
        "lines": list(lines),
        "qr": str(qr_svg(link)),
        "link": link,
        "check": _("Is this letter real? Scan the code, or open the address."),
        "note": note,
    }
    content = compile_pdf("letter", data, at=at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response
