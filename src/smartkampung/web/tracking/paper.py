"""The slip on paper."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.intake.queries import Followed
from smartkampung.kernel import wording
from smartkampung.regions.queries import regency
from smartkampung.web.tracking.timeline import timeline_of


def link_to(code: str) -> str:
    """Return the address that a code's QR leads to."""
    return settings.SITE_URL + reverse("tracking:case", args=[code])


def slip_document(code: str, case: Followed, *, at: datetime) -> bytes:
    """Return the slip as a PDF in the language of whoever asks."""
    due = wording.long_day(case.due_on) if case.due_on else ""
    here = regency()
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Report of missing aid"),
        "regency": here.name if here else "",
        "code_label": _("Tracking code"),
        "code": code,
        "link": link_to(code),
        "qr": str(qr_svg(link_to(code))),
        "rows": [
            {"name": _("Sent"), "value": wording.moment(case.opened_at)},
            {"name": _("Outcome by"), "value": due},
        ],
        "next_title": _("What happens next"),
        "steps": [asdict(line) for line in timeline_of(case, at=at).lines],
        "warning": _(
            "Officers never ask for money. Aid is free. Whoever asks for a share breaks "
            "the law: tell the village office or the kecamatan."
        ),
        "foot": wording.moment(at),
    }
    return compile_pdf("slip", data, at=at)
