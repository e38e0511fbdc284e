"""The decision: yes from a programme that has something left, or no with reasons."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.queries.case_file import CaseFile, open_case_file
from smartkampung.aid.queries.claims import bars_to_decide
from smartkampung.aid.queries.objections import reopened_claim_for
from smartkampung.aid.queries.outlook import Outlook, outlooks
from smartkampung.aid.queries.programmes import programme, questions
from smartkampung.aid.words import BARS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff import exceptions, present
from smartkampung.web.aid_staff.forms import ApproveForm, RefuseForm
from smartkampung.web.aid_staff.identity import identity
from smartkampung.web.pages import StaffRequest, staff_page


@dataclass
class Sheet:
    """The case file with both forms."""

    file: CaseFile
    found: list[Outlook]
    yes: ApproveForm
    no: RefuseForm


@staff_page(Permission.CLAIM_DECIDE, "GET", "POST")
def decide(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Show what there is to weigh, or write down the decision."""
    return _decide(request, claim_id, Permission.CLAIM_DECIDE)


@staff_page(Permission.OBJECTION_ANSWER, "GET", "POST")
def decide_again(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Decide anew what an objection reopened; 404 for any other claim."""
    reopened_claim_for(request.actor, claim_id)
    return _decide(request, claim_id, Permission.OBJECTION_ANSWER)


def _decide(
    request: StaffRequest, claim_id: int, permission: Permission
) -> HttpResponse:
    sheet = _sheet(request, claim_id, permission)
    if request.method != "POST":
        return _page(request, sheet)
    approved = request.POST.get("decision") == "approve"
    form = sheet.yes if approved else sheet.no
    if not form.is_valid():
        return _page(request, sheet, status=422)
    try:
        decide_claim(
            claim=sheet.file.claim,
            approved=approved,
            programme=programme(form.cleaned_data.get("programme", "")),
            reasons=sheet.no.chosen if form is sheet.no else (),
            note=form.cleaned_data["note"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, sheet, status=409)
    done = _("Approved. The aid now waits for a batch.") if approved else _("Refused.")
    messages.success(request, done, "ok")
    return redirect("aid_staff:claim", claim_id)


def _sheet(request: StaffRequest, claim_id: int, permission: Permission) -> Sheet:
    file = open_case_file(request.actor, claim_id, on=today(), permission=permission)
    found = outlooks(file.claim, on=today())
    shown = [(part["code"], part["name"]) for part in present.outlooks(found)]
    data = request.POST if request.method == "POST" else None
    approved = bool(data) and request.POST.get("decision") == "approve"
    wanted = file.checks[-1].programme_id if file.checks else None
    prefilled = next((row for row in found if row.programme.code == wanted), None)
    reasons = prefilled.reasons if prefilled else (found[0].reasons if found else [])
    return Sheet(
        file,
        found,
        ApproveForm(
            data if approved else None,
            programmes=shown,
            closed=present.impossible(found),
            initial={"programme": wanted},
        ),
        RefuseForm(None if approved else data, seen=reasons),
    )


def _page(request: StaffRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    file = sheet.file
    claim = file.claim
    asked = questions()
    bars = bars_to_decide(request.actor, claim)
    return render(
        request,
        "aid_staff/decide.html",
        {
            "file": file,
            "claim": claim,
            "person": claim.person,
            "place": present.where([claim.region_code])[claim.region_code],
            "lights": present.red_lights(file.lights),
            "findings": present.findings(file),
            "identity": identity(file),
            "checks": [
                (row, present.answers(asked, row.answers)) for row in file.checks
            ],
            "programmes": present.outlooks(sheet.found),
            "bars": [BARS[bar] for bar in bars],
            "exceptions": exceptions.of_claim(request.actor, claim, sheet.found),
            "yes": sheet.yes,
            "no": sheet.no,
        },
        status=status,
    )
