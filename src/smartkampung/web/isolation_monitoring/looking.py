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
from smartkampung.isolation.monitoring.archive import Standing, found_for
from smartkampung.isolation.monitoring.days import days_of
from smartkampung.isolation.monitoring.past import alerts_of
from smartkampung.isolation.monitoring.queries import (
    centres_for,
    classings_for,
    decisions_for,
    due_now,
    letter_of,
    obligation_for,
    readings_for,
    stay_for,
)
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot, day_number
from smartkampung.isolation.monitoring.rules.ends import Verdict
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.monitoring.words import (
    OUTCOMES,
    RISKS,
    SLOTS,
    TRIGGERS,
    VERDICTS,
    state_words,
)
from smartkampung.isolation.protocol.queries import class_name
from smartkampung.isolation.queries.carers import carer_of
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day
from smartkampung.web.aid_staff import present
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_monitoring import chart
from smartkampung.web.isolation_monitoring.aid import household_aid
from smartkampung.web.isolation_monitoring.forms import CheckForm
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
A_MORNING = 40


@staff_page(P.MONITORING_RECORD)
def today(request: StaffRequest) -> HttpResponse:
    """List whom to see now, in the order of seeing them."""
    mine = request.GET.get("who") == "mine"
    at = now()
    centres = centres_for(request.actor)
    asked = request.GET.get("centre", "")
    chosen = asked if asked in dict(centres) else ""
    if not chosen and len(centres) > 1:
        chosen = centres[0][0]
    found = due_now(request.actor, at=at, mine=mine, centre=chosen)
    page = Paginator(found, A_MORNING).get_page(request.GET.get("page"))
    rows = list(page)
    note_people(request.actor, rows, P.MONITORING_RECORD)
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
        "today": at,
        "over": found_for(request.actor, Standing.OVER, today=day(at)).count(),
        "over_url": f"?{urlencode({'show': Standing.OVER.value})}",
    }
    return render(request, "isolation_monitoring/today.html", context)


@staff_page(P.MONITORING_RECORD, "GET", "HEAD", "POST")
def look(request: StaffRequest, obligation_id: int) -> HttpResponse:
    """Show one person who is to be seen, and take down what came of it."""
    row = obligation_for(request.actor, obligation_id)
    note_people(request.actor, [row.stay], P.MONITORING_RECORD)
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
    if row.slot == Slot.EXIT and form.cleaned_data["outcome"] == Outcome.SEEN:
        return _after_the_exit(request, row.stay_id)
    name = {"name": row.stay.name}
    messages.success(request, _("%(name)s: written down.") % name, "ok")
    return redirect("isolation_monitoring:today")


def _after_the_exit(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Say what follows from an exit check, on the page with the letter."""
    row = stay_for(request.actor, stay_id, P.MONITORING_RECORD)
    told = {"name": row.name, "day": long_day(row.during.upper)}
    if row.state == StayState.RELEASED:
        messages.success(
            request,
            _(
                "%(name)s is well and may leave on %(day)s. The letter is ready: print"
                " it below. The family also finds it with their code."
            )
            % told,
            "ok",
        )
    else:
        messages.warning(
            request,
            _(
                "%(name)s is not well and is not let go. Decide below how it goes on:"
                " stay longer, or hospital."
            )
            % told,
            "wait",
        )
    return redirect("isolation_monitoring:stay", stay_id)


def _look_page(
    request: StaffRequest, row: Any, form: CheckForm, *, status: int = 200
) -> HttpResponse:
    readings = readings_for(request.actor, row.stay)
    if row.slot == Slot.EXIT:
        form.in_person()
    context = {
        "row": row,
        "made": row.checks.order_by("at").last(),
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
    note_people(request.actor, [row], P.STAY_VIEW)
    at = now()
    readings = readings_for(request.actor, row)
    sees_health = request.actor.may_in(
        P.ISOLATION_HEALTH_VIEW, row.reservation.region_code
    )
    context = {
        "row": row,
        "day_number": day_number(row.during.lower, row.during.upper, on=day(at)),
        "over": row.state == StayState.PRESENT and row.during.upper <= day(at),
        "days": [
            (one, SLOTS[one.slot] if one.slot else "", OUTCOMES[one.state])
            for one in days_of(request.actor, row, at=at)
        ],
        "sees_health": sees_health,
        "chart": chart.temperatures(readings, since=row.during.lower),
        "readings": chart.table(readings),
        "state": state_words(row.state, sees_health=sees_health),
        "classes": [
            (one, class_name(one.code)) for one in classings_for(request.actor, row)
        ],
        "decisions": [
            (one, VERDICTS[Verdict(one.verdict)])
            for one in decisions_for(request.actor, row)
        ],
        "alerts": [
            (one, TRIGGERS[Trigger(one.trigger)])
            for one in alerts_of(request.actor, row)
        ],
        "letter": letter_of(row),
        "carer": carer_of(row),
        "may_entrust": request.actor.may_in(
            P.CARE_ENTRUST, row.reservation.region_code
        ),
        "may_decide": request.actor.may_in(
            P.RELEASE_DECIDE, row.reservation.region_code
        ),
        **who(row),
        **household_aid(request.actor, row),
    }
    return render(request, "isolation_monitoring/stay.html", context)
