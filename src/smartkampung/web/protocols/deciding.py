"""Events that ask for permission, for those who decide."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.actions import events as acts
from smartkampung.reopening.places.queries import events as queries
from smartkampung.reopening.places.rules.events import State
from smartkampung.reopening.places.words import EVENT_KINDS, EVENT_STATES
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.protocols import present
from smartkampung.web.protocols.forms import WHEN_NO, choice_form

PAGE_SIZE = 25
AskedForm = choice_form(
    [
        ("allow", gettext_lazy("Allow the event")),
        ("refuse", gettext_lazy("Do not allow it")),
    ],
    required=False,
    read_by=WHEN_NO,
)
ApprovedForm = choice_form(
    [("withdraw", gettext_lazy("Withdraw the permission"))], required=True
)
WorseForm = choice_form(
    [
        ("withdraw", gettext_lazy("Withdraw the permission")),
        ("keep", gettext_lazy("Let the permission stand")),
    ],
    required=False,
)


@staff_page(P.PLACE_VIEW)
def events(request: StaffRequest) -> HttpResponse:
    """List events: those to come, the soonest first, or those of one state."""
    state = request.GET.get("state", "")
    rows = queries.events_for(request.actor, P.PLACE_VIEW)
    if state in set(State):
        rows = rows.filter(state=state)
    else:
        state, rows = "", rows.filter(on__gte=today())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    tabs = [{"url": "?", "text": _("To come"), "current": not state}]
    tabs += [
        {"url": f"?state={one.value}", "text": str(words), "current": state == one}
        for one, (_colour, words) in EVENT_STATES.items()
    ]
    items = [
        {
            "row": row,
            "kind": EVENT_KINDS[row.kind],
            "where": present.area(row.region_code),
            "tag": present.event_tag(row.state),
            "worse": _worse(row),
        }
        for row in page
    ]
    context = {
        "items": items,
        "page": page,
        "tabs": tabs,
        "query": f"?state={state}&",
    }
    return render(request, "protocols/events.html", context)


def _worse(row: Any) -> bool:
    return (
        row.state == State.APPROVED and row.worse_at is not None and row.kept_at is None
    )


@staff_page(P.PLACE_VIEW, "GET", "HEAD", "POST")
def event(request: StaffRequest, event_id: int) -> HttpResponse:
    """Show one event with what stands against it today, and decide."""
    row = queries.event_for(request.actor, event_id, P.PLACE_VIEW)
    form_class = _form_of(request, row)
    if request.method != "POST" or form_class is None:
        return _page(request, row, form_class() if form_class else None)
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        _act(request, row, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("Decided. The organiser hears of it."), "ok")
    return redirect("protocols_staff:event", event_id)


@staff_page(P.EVENT_DECIDE, "POST")
def phone(request: StaffRequest, event_id: int) -> HttpResponse:
    """Show the phone of the organiser; who looked is written down."""
    row = queries.event_for(request.actor, event_id, P.EVENT_DECIDE)
    number = acts.show_phone(event=row, by=request.actor)
    form_class = _form_of(request, row)
    return _page(request, row, form_class() if form_class else None, number=number)


def _form_of(request: StaffRequest, row: Any) -> Any:
    """Return the form of what this officer may decide now, or None."""
    may = request.actor.may_in(P.EVENT_DECIDE, queries.decided_at(row))
    if not may or row.on < today():
        return None
    if row.state == State.ASKED:
        return AskedForm
    if row.state == State.APPROVED:
        return WorseForm if _worse(row) else ApprovedForm
    return None


def _act(request: StaffRequest, row: Any, *, answer: str, reason: str) -> None:
    by, at = request.actor, now()
    if answer == "keep":
        acts.keep_event(event=row, reason=reason, by=by, at=at)
    elif answer == "withdraw":
        acts.withdraw_event(event=row, reason=reason, by=by, at=at)
    else:
        acts.decide_event(
            event=row, approved=answer == "allow", reason=reason, by=by, at=at
        )


def _page(
    request: StaffRequest,
    row: Any,
    form: Any,
    *,
    number: str = "",
    status: int = 200,
) -> HttpResponse:
    found = queries.bars_on(
        kind=Setting(row.kind),
        region_code=row.region_code,
        people=row.people,
        on=today(),
    )
    context = {
        "event": row,
        "kind": EVENT_KINDS[row.kind],
        "where": present.area(row.region_code),
        "tag": present.event_tag(row.state),
        "bars": present.bars(row, found),
        "worse": present.bars(row, row.worse_why) if _worse(row) else [],
        "waits": row.state in (State.ASKED, State.APPROVED) and row.on >= today(),
        "decided_in": present.area(queries.decided_at(row)),
        "form": form,
        "number": number,
        "may_call": request.actor.may_in(P.EVENT_DECIDE, row.region_code)
        and row.phone is not None,
    }
    return render(request, "protocols/staff_event.html", context, status=status)
