"""Who is expected here today, late and soon, and who came: the village's board."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.queries import parties
from smartkampung.isolation.arrival.rules.coming import Timing, timing
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import long_day
from smartkampung.web.isolation_arrival import present
from smartkampung.web.isolation_arrival.looks import note
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
MOST = 100
Part = dict[str, Any]


@staff_page(P.STAY_VIEW)
def arrivals(request: StaffRequest) -> HttpResponse:
    """Show who is late, expected today and soon, and who was let in today."""
    on = today()
    expected = list(parties.expected_for(request.actor, P.STAY_VIEW, today=on)[:MOST])
    came = list(parties.arrived_for(request.actor, P.STAY_VIEW, today=on)[:MOST])
    note(request.actor, [*expected, *came], P.STAY_VIEW)
    by_timing: dict[Timing, list[Any]] = {one: [] for one in Timing}
    for row in expected:
        by_timing[timing(row.arrives_on, today=on)].append(row)
    columns = [
        _column(_("Late"), "late", by_timing[Timing.LATE]),
        _column(_("Today"), "wait", by_timing[Timing.TODAY]),
        _column(_("In the next seven days"), "", by_timing[Timing.EARLY]),
        _column(_("Let in today"), "ok", came),
    ]
    context = {"columns": columns, "records": request.actor.may(P.ARRIVAL_RECORD)}
    return render(request, "isolation_arrival/arrivals.html", context)


@staff_page(P.STAY_VIEW)
def party(request: StaffRequest, party_id: int) -> HttpResponse:
    """Show a party to those who wait for it: who, where and when."""
    row = parties.party_for(request.actor, party_id, P.STAY_VIEW)
    note(request.actor, [row], P.STAY_VIEW)
    context = {
        "party": present.party(row, today()),
        "records": request.actor.may_in(P.ARRIVAL_RECORD, row.region_code),
    }
    return render(request, "isolation_arrival/party.html", context)


def _column(title: str, state: str, rows: Sequence[Any]) -> Part:
    return {
        "title": title,
        "state": state,
        "count": len(rows),
        "cards": [_card(row) for row in rows],
        "empty": _("Nobody."),
    }


def _card(row: Any) -> Part:
    return {
        "title": present.title(row),
        "url": reverse("isolation_arrival:party", args=[row.pk]),
        "note": f"{present.destination(row)} · {long_day(row.arrives_on)}",
    }
