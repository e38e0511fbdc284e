"""The letter about a decision, in the reader's language, and the page that proves it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.letters import Letter, issued, open_letter
from smartkampung.aid.words import REASONS
from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names, regency
from smartkampung.web.aid_staff import exceptions
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.aid_staff.why import kept
from smartkampung.web.pages import StaffRequest, public_page, staff_page


@staff_page(Permission.REPORT_VIEW)
def letter(request: StaffRequest, decision_id: int) -> HttpResponse:
    """Return the letter as a PDF."""
    found = open_letter(request.actor, decision_id)
    address = reverse("aid_rules_public:verify", args=[found.mark])
    link = request.build_absolute_uri(address)
    content = _document(found, link, by=request.actor.username, at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, to compare it with the paper."""
    found = issued(mark)
    if found is None:
        raise Http404
    place = village_of(found.region_code)
    programme = found.programme
    context = {
        "letter": found,
        "programme": either(programme.name, programme.name_en) if programme else "",
        "place": names([place]).get(place, ""),
    }
    return render(request, "aid_rules/verify.html", context)


def _document(found: Letter, link: str, *, by: str, at: datetime) -> bytes:
    decision, here = found.decision, regency()
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Letter about aid, no. %(number)s") % {"number": decision.pk},
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s by %(name)s")
        % {"moment": moment(at), "name": by},
        "rows": _rows(found),
        "why": _("What the rule looks at"),
        "lines": [_line(line) for line in kept(found.evaluation)],
        "qr": str(qr_svg(link)),
        "link": link,
        "check": _("Is this letter real? Scan the code, or open the address."),
        "note": _(
            "You may object within 30 days at the village office or with your"
            " tracking code. It costs nothing."
        ),
    }
    return compile_pdf("letter", data, at=at)


def _line(line: dict[str, Any]) -> dict[str, str]:
    met = line["met"]
    mark = _("Not known") if met is None else _("Yes") if met else _("No")
    return {"mark": str(mark), "text": str(line["text"]), "fact": str(line["fact"])}


def _rows(found: Letter) -> list[dict[str, str]]:
    decision, programme = found.decision, found.decision.programme
    person = decision.claim.person
    place = village_of(decision.claim.region_code)
    told = {
        _("For"): person.name if person else "",
        _("Village"): names([place]).get(place, ""),
        _("Programme"): either(programme.name, programme.name_en) if programme else "",
        _("Decision"): _("Approved") if decision.approved else _("Refused"),
        _("Decided on"): long_day(decision.decided_at.date()),
        _("Reasons"): " ".join(_reasons(decision)),
        _("Note"): decision.note,
        _("Exception"): " ".join(exceptions.in_letter(row) for row in found.overrides),
        **_rule(found.evaluation),
    }
    return [
        {"name": str(name), "text": str(text)} for name, text in told.items() if text
    ]


def _reasons(decision: Any) -> list[str]:
    """A letter lies about in a house: it names the aid, not its component."""
    told = decision.reasons, decision.blocked_by
    return reasons(REASONS, *told, components=False)


def _rule(evaluation: Any) -> dict[str, str]:
    if evaluation is None:
        return {}
    version = evaluation.version
    said = _("version %(number)s") % {"number": version.number}
    met = _("Yes") if evaluation.eligible else _("No")
    return {
        _("Rule"): f"{said}, {version.legal_reference}",
        _("The rule is met"): str(met),
    }
