"""One proposal: what happened to it, its place, and what may be changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.propose import withdraw
from smartkampung.aid.cycles.actions.recipients import resume, stop, suspend
from smartkampung.aid.cycles.queries import lists, own
from smartkampung.aid.cycles.queries.letters import TOLD
from smartkampung.aid.cycles.rules.proposals import Why, changes_for
from smartkampung.aid.cycles.words import REASONS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_cycles.forms import ResumeForm, StopForm, SuspendForm
from smartkampung.web.aid_cycles.villages import PURPOSE, head_of
from smartkampung.web.aid_cycles.words import EVENTS, PROPOSALS, ROBOTS, tag
from smartkampung.web.aid_staff import blocks, exceptions, present
from smartkampung.web.pages import StaffRequest, staff_page

FORMS: dict[str, Any] = {"suspend": SuspendForm, "resume": ResumeForm, "stop": StopForm}
DONE = {
    "suspend": gettext_lazy(
        "Suspended. What was not handed out is back in the budget."
    ),
    "resume": gettext_lazy("Receives again, from the tranches still to come."),
    "stop": gettext_lazy("Stopped. The place is free for the next who waits."),
}


@staff_page(P.CYCLE_VIEW)
def proposal(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Show one proposal with everything that happened to it."""
    return _page(request, proposal_id)


@staff_page(P.RECIPIENT_CHANGE, "POST")
def change(request: StaffRequest, proposal_id: int, change: str) -> HttpResponse:
    """Suspend, resume or stop a recipient."""
    if change not in FORMS:
        raise Http404
    row = lists.proposal_for(request.actor, proposal_id, P.RECIPIENT_CHANGE)
    form = FORMS[change](request.POST)
    if not form.is_valid():
        return _page(request, proposal_id, forms={change: form}, status=422)
    try:
        _do(request, row, change, form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, proposal_id, forms={change: form}, status=409)
    messages.success(request, DONE[change], "ok")
    return redirect("aid_cycles:proposal", proposal_id)


@staff_page(P.LIST_PROPOSE, "POST")
def take_off(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Take a proposal off the list again."""
    row = lists.proposal_for(request.actor, proposal_id, P.LIST_PROPOSE)
    try:
        withdraw(proposal=row, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, proposal_id, problem=str(refusal.message), status=409)
    messages.success(request, _("Taken off the list."), "ok")
    return redirect("aid_cycles:village", row.village_list_id)


def _do(request: StaffRequest, row: Any, change: str, told: dict[str, str]) -> None:
    by, at, text = request.actor, now(), told["text"]
    if change == "resume":
        resume(proposal=row, text=text, by=by, at=at)
    elif change == "stop":
        stop(proposal=row, why=Why(told["why"]), text=text, by=by, at=at)
    else:
        why = Why(told["why"])
        suspend(proposal=row, why=why, text=text, by=by.username, at=at)


def _page(
    request: StaffRequest,
    proposal_id: int,
    *,
    forms: dict[str, Any] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    row, actor = (
        lists.proposal_for(request.actor, proposal_id, P.CYCLE_VIEW),
        request.actor,
    )
    note_looks(actor, [row.person], purpose=PURPOSE, permission=P.CYCLE_VIEW)
    open_ = row.village_list.cycle.state == "open"
    inside = open_ and actor.may_in(P.RECIPIENT_CHANGE, row.region_code)
    possible = changes_for(row.state) if inside else []
    given = forms or {}
    sees = blocks.sees_components(actor, row.region_code)
    context = {
        **head_of(row.village_list),
        "row": row,
        "state": tag(PROPOSALS, row.state),
        "reasons": _reasons(row, sees),
        "where": present.where([row.region_code])[row.region_code],
        "expected_on": own.expected_on(row, on=today()),
        "events": _diary(list(row.events.order_by("at", "pk")), sees),
        "changes": [
            (each.value, given.get(each.value) or FORMS[each.value]())
            for each in possible
        ],
        "has_letter": row.state in TOLD,
        "may_export": actor.may_in(P.THREAD_EXPORT, row.region_code),
        "may_withdraw": open_
        and row.state == "proposed"
        and row.village_list.state == "proposing"
        and actor.may_in(P.LIST_PROPOSE, row.region_code),
        "exceptions": exceptions.of_proposal(actor, row),
        "problem": problem,
    }
    return render(request, "aid_cycles/proposal.html", context, status=status)


def _reasons(row: Any, sees: bool) -> list[str]:
    return blocks.reasons(REASONS, row.reasons, row.blocked_by, components=sees)


def _diary(events: list[Any], sees: bool) -> list[tuple[Any, ...]]:
    """Describe events of a proposal: each, its word, its reasons, and by whom."""
    called = {**full_names(event.by for event in events), **ROBOTS}
    return [
        (
            event,
            EVENTS[event.kind],
            _reasons(event, sees),
            str(called.get(event.by, event.by)),
        )
        for event in events
    ]
