"""The letter about a decision, in the reader's language, and the page that proves it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.appeals import appeal_code
from smartkampung.aid.queries.letters import Letter, issued, open_letter
from smartkampung.aid.rules.claims import OBJECT_WITHIN
from smartkampung.aid.words import REASONS
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.aid_staff import exceptions
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.aid_staff.why import kept
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.pages import StaffRequest, public_page, staff_page


@staff_page(Permission.REPORT_VIEW)
def letter(request: StaffRequest, decision_id: int) -> HttpResponse:
    """Return the letter as a PDF."""
    found = open_letter(request.actor, decision_id)
    return decision_letter(request, found, by=request.actor.username)


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


def decision_letter(request: HttpRequest, found: Letter, *, by: str) -> HttpResponse:
    """Return the letter about a decision; a refusal says how to object, and by when."""
    decision, at = found.decision, now()
    address = reverse("aid_rules_public:verify", args=[found.mark])
    return letter_answer(
        title=_("Letter about aid, no. %(number)s") % {"number": decision.pk},
        told={**_told(found), **_how_to_object(found, at)},
        link=request.build_absolute_uri(address),
        note=_note(request, found, at),
        by=by,
        at=at,
        lines=[_line(line) for line in kept(found.evaluation)],
    )


def _until(found: Letter) -> datetime:
    until: datetime = found.decision.decided_at + OBJECT_WITHIN
    return until


def _may_object(found: Letter, at: datetime) -> bool:
    return not found.decision.approved and at <= _until(found)


def _how_to_object(found: Letter, at: datetime) -> dict[str, str]:
    if not _may_object(found, at):
        return {}
    return {
        _("You may object until"): long_day(_until(found)),
        _("Number and code to object"): (
            f"{found.decision.pk} · {appeal_code(found.decision.pk)}"
        ),
    }


def _note(request: HttpRequest, found: Letter, at: datetime) -> str:
    if _may_object(found, at):
        where = request.build_absolute_uri(reverse("appeal:door"))
        return _(
            "Is this decision wrong? Open %(address)s and type number and code, or go"
            " to the village office. Somebody else looks again. It costs nothing."
        ) % {"address": where}
    where = request.build_absolute_uri(reverse("grievance:choose"))
    return _("Is something wrong? Tell it at %(address)s. It costs nothing.") % {
        "address": where
    }


def _line(line: dict[str, Any]) -> dict[str, str]:
    met = line["met"]
    mark = _("Not known") if met is None else _("Yes") if met else _("No")
    return {"mark": str(mark), "text": str(line["text"]), "fact": str(line["fact"])}


def _told(found: Letter) -> dict[str, str]:
    decision, programme = found.decision, found.decision.programme
    person = decision.claim.person
    place = village_of(decision.claim.region_code)
    return {
        _("For"): person.name if person else "",
        _("Village"): names([place]).get(place, ""),
        _("Programme"): either(programme.name, programme.name_en) if programme else "",
        _("Decision"): _("Approved") if decision.approved else _("Refused"),
        _("Decided on"): long_day(decision.decided_at),
        _("Reasons"): " ".join(_reasons(decision)),
        _("Note"): decision.note,
        _("Exception"): " ".join(exceptions.in_letter(row) for row in found.overrides),
        **_rule(found.evaluation),
    }


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
