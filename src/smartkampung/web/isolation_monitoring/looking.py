"""The list of an officer of the Puskesmas, and the form for one person on it."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.actions.checks import record_check
from smartkampung.isolation.monitoring.queries import (
    centres_for,
    classings_for,
    days_of,
    decisions_for,
    due_now,
    letter_of,
    obligation_for,
    readings_for,
    stay_for,
)
from smartkampung.isolation.monitoring.rules.ends import Verdict
from smartkampung.isolation.monitoring.words import (
    CLASSES,
    OUTCOMES,
    RISKS,
    SLOTS,
    STATES,
    VERDICTS,
)
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff import present
from smartkampung.web.isolation_monitoring import chart
from smartkampung.web.isolation_monitoring.forms import CheckForm
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
A_MORNING = 40


@staff_page(P.MONITORING_RECORD)
def today(request: StaffRequest) -> HttpResponse:
    """List whom to see now, in the order of seeing them."""
    mine = request.GET.get("who") == "mine"
    centres = centres_for(request.actor)
    asked = request.GET.get("centre", "")
    chosen = asked if asked in dict(centres) else ""
    if not chosen and len(centres) > 1:
        chosen = centres[0][0]
    found = due_now(request.actor, at=now(), mine=mine, centre=chosen)
    page = Paginator(found, A_MORNING).get_page(request.GET.get("page"))
    rows = list(page)
    places = present.where({row.region_code for row in rows})
    items = [
        {
            "row": row,
            "place": places[row.region_code],
            "slot": SLOTS[row.slot],
            "risk": RISKS[row.risk],
            "outcome": OUTCOMES[row.outcome] if row.outcome else None,
            "number": number,
        }
        for number, row in enumerate(rows, page.start_index())
    ]
    done = sum(row.done for row in found)
    context = {
        "page": page,
        "items": items,
        "mine": mine,
        "centres": centres if len(centres) > 1 else [],
        "chosen": chosen,
        "kept": f"?{urlencode({'who': 'mine' if mine else '', 'centre': chosen})}&",
        "total": len(found),
        "done": done,
        "left": len(found) - done,
        "today": now(),
    }
    return render(request, "isolation_monitoring/today.html", context)


@staff_page(P.MONITORING_RECORD, "GET", "HEAD", "POST")
def look(request: StaffRequest, obligation_id: int) -> HttpResponse:
    """Show one person who is to be seen, and take down what came of it."""
    row = obligation_for(request.actor, obligation_id)
    if request.method != "POST":
        return _look_page(request, row, CheckForm(initial={"form_id": uuid.uuid4()}))
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _look_page(request, row, form, status=422)
    try:
        record_check(obligation=row, seen=form.seen(), by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _look_page(request, row, form, status=409)
    name = {"name": row.stay.name}
    messages.success(request, _("%(name)s: written down.") % name, "ok")
    return redirect("isolation_monitoring:today")


def _look_page(
    request: StaffRequest, row: Any, form: CheckForm, *, status: int = 200
) -> HttpResponse:
    readings = readings_for(request.actor, row.stay)
    context = {
        "row": row,
        "slot": SLOTS[row.slot],
        "form": form,
        "chart": chart.temperatures(readings, since=row.stay.during.lower),
        **who(row.stay),
    }
    template = "isolation_monitoring/look.html"
    return render(request, template, context, status=status)


@staff_page(P.STAY_VIEW)
def stay(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show one stay: presence to everybody who may see it, health to health workers."""
    row = stay_for(request.actor, stay_id, P.STAY_VIEW)
    at = now()
    readings = readings_for(request.actor, row)
    context = {
        "row": row,
        "day_number": (day(at) - row.during.lower).days + 1,
        "days": [
            (one, SLOTS[one.slot], OUTCOMES[one.state]) for one in days_of(row, at=at)
        ],
        "sees_health": request.actor.may_in(
            P.ISOLATION_HEALTH_VIEW, row.reservation.region_code
        ),
        "chart": chart.temperatures(readings, since=row.during.lower),
        "readings": chart.table(readings),
        "state": STATES[StayState(row.state)],
        "classes": [
            (one, CLASSES[one.code]) for one in classings_for(request.actor, row)
        ],
        "decisions": [
            (one, VERDICTS[Verdict(one.verdict)])
            for one in decisions_for(request.actor, row)
        ],
        "letter": letter_of(row),
        "may_decide": request.actor.may_in(
            P.RELEASE_DECIDE, row.reservation.region_code
        ),
        **who(row),
    }
    return render(request, "isolation_monitoring/stay.html", context)
