"""Claims: the list, and the case file of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.public_words import REASONS
from smartkampung.aid.queries.case_file import (
    CaseFile,
    claims_in,
    open_case_file,
    states_of_claims,
)
from smartkampung.aid.queries.programmes import questions
from smartkampung.aid.rules.claims import State
from smartkampung.aid.rules.report import Reason
from smartkampung.aid.words import REASONS as REFUSALS
from smartkampung.kernel.clock import now, today
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_staff import blocks, exceptions, present, why
from smartkampung.web.aid_staff.identity import identity
from smartkampung.web.aid_staff.words import STATES
from smartkampung.web.pages import StaffRequest, staff_page

PAGE_SIZE = 25
OPEN = (State.TO_CHECK, State.TO_DECIDE, State.APPROVED)


@staff_page(Permission.REPORT_VIEW)
def claims(request: StaffRequest) -> HttpResponse:
    """List claims by state."""
    counted = states_of_claims(request.actor)
    asked = request.GET.get("state", "")
    states = (asked,) if asked in STATES else tuple(OPEN)
    rows = claims_in(request.actor, states)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    people = [row.person for row in page if row.person]
    note_looks(
        request.actor,
        people,
        purpose="aid.claim_list",
        permission=Permission.REPORT_VIEW,
    )
    places = present.where({row.region_code for row in page})
    at = now()
    items = [
        {
            "row": row,
            "place": places[row.region_code],
            "tag": present.state_tag(row.state),
            "late": row.closed_at is None and row.due_at < at,
        }
        for row in page
    ]
    still_open = {
        "text": _("Still open"),
        "count": sum(counted.get(state, 0) for state in OPEN),
        "url": "?",
        "current": asked not in STATES,
    }
    tabs = [still_open] + [
        {
            "text": words,
            "count": counted.get(state, 0),
            "url": f"?state={state}",
            "current": state == asked,
        }
        for state, (words, _colour) in STATES.items()
    ]
    return render(
        request,
        "aid_staff/claims.html",
        {"items": items, "page": page, "tabs": tabs, "query": f"?state={asked}&"},
    )


@staff_page(Permission.REPORT_VIEW)
def claim(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Show one claim with all that was told, found, seen and decided."""
    file = open_case_file(request.actor, claim_id, on=today())
    asked = questions() if file.checks else []
    actor, state = request.actor, file.claim.state
    sees = blocks.sees_components(actor, file.claim.region_code)
    return render(
        request,
        "aid_staff/claim.html",
        {
            "file": file,
            "claim": file.claim,
            "person": file.claim.person,
            "place": present.where([file.claim.region_code])[file.claim.region_code],
            "tag": present.state_tag(state),
            "identity": identity(file),
            "steps": present.timeline(file),
            "lights": present.red_lights(file.lights),
            "findings": present.findings(file),
            "reports": [(row, REASONS[Reason(row.reason)]) for row in file.reports],
            "checks": [
                (row, present.answers(asked, row.answers)) for row in file.checks
            ],
            "decisions": [
                (
                    row,
                    blocks.reasons(
                        REFUSALS, row.reasons, row.blocked_by, components=sees
                    ),
                    why.kept(file.evaluations.get(row.pk)),
                )
                for row in file.decisions
            ],
            "exceptions": exceptions.of_claim(actor, file.claim, ()),
            "handovers": [
                (row, present.outcome_tag(row.outcome)) for row in file.handovers
            ],
            "may_visit": state == State.TO_CHECK and actor.may(Permission.FIELD_CHECK),
            "decide_url": _decide_url(actor, file),
            "may_export": actor.may_in(
                Permission.THREAD_EXPORT, file.claim.region_code
            ),
            "may_answer": actor.may(Permission.OBJECTION_ANSWER),
            "may_match": state == State.TO_CHECK
            and file.claim.person is None
            and actor.may(Permission.FIELD_CHECK),
        },
    )


def _decide_url(actor: Actor, file: CaseFile) -> str:
    """Return where the actor decides this claim now, or ""."""
    claim = file.claim
    if claim.state != State.TO_DECIDE:
        return ""
    if actor.may(Permission.CLAIM_DECIDE):
        return reverse("aid_staff:decide", args=[claim.pk])
    reopened = any(row.outcome == row.Outcome.UPHELD for row in file.objections)
    if reopened and actor.may(Permission.OBJECTION_ANSWER):
        return reverse("aid_staff:decide_again", args=[claim.pk])
    return ""
