"""What messages cost: budgets of areas, and states and failures of the whole regency."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.voice.actions.broadcasting import change_cap
from smartkampung.frontline.voice.queries.counting import purse_of, purses_below
from smartkampung.kernel.clock import now, start_of_day, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import rupiah, whole
from smartkampung.notify.queries import failures_since, month_of_messages
from smartkampung.web.news import present
from smartkampung.web.news.forms import CapForm
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.BROADCAST_APPROVE, "GET", "POST")
def budgets(request: StaffRequest) -> HttpResponse:
    """Show and change what areas may spend on messages in this month."""
    codes = purses_below(request.actor.regions_where(Permission.BROADCAST_APPROVE))
    places = present.places_of(codes)
    form = CapForm(
        request.POST if request.method == "POST" else None,
        purses=[(code, places[code]) for code in codes],
    )
    status = 200
    if request.method == "POST":
        status = _change(request, form)
        if not status:
            messages.success(request, _("The budget is changed."), "ok")
            return redirect("news:budgets")
    context = {
        "form": form,
        "columns": [
            {"title": _("Area")},
            {"title": _("Promised this month"), "number": True},
            {"title": _("Budget"), "number": True},
        ],
        "rows": _rows(codes, places),
        **_regency(request.actor),
    }
    return render(request, "news/budgets.html", context, status=status)


def _change(request: StaffRequest, form: CapForm) -> int:
    """Change a budget; return 0, or the status of what is wrong."""
    if not form.is_valid():
        return 422
    month = today().replace(day=1)
    try:
        change_cap(**form.cleaned_data, month=month, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


def _rows(codes: list[str], places: dict[str, str]) -> list[list[dict[str, Any]]]:
    month = today().replace(day=1)
    found = [(code, purse_of(code, month=month)) for code in codes]
    promised, budget = _("Promised this month"), _("Budget")
    return [
        [
            {"text": places[code]},
            {"text": rupiah(purse.spent), "number": True, "label": promised},
            {"text": rupiah(purse.cap), "number": True, "label": budget},
        ]
        for code, purse in found
        if purse.spent or code.count(".") < 3
    ]


def _regency(actor: Actor) -> dict[str, Any]:
    """Return all messages of the month, for who answers for the whole regency."""
    areas = actor.regions_where(Permission.BROADCAST_APPROVE)
    if not any(code.count(".") == 1 for code in areas):
        return {}
    since = start_of_day(today().replace(day=1))
    words = {
        "queued": _("waiting"),
        "sent": _("handed over"),
        "delivered": _("delivered"),
        "failed": _("not deliverable"),
        "unwanted": _("not wanted any more"),
    }
    month = month_of_messages(since=since)
    return {
        "states": [
            {"value": whole(month.states.get(state, 0)), "meaning": meaning}
            for state, meaning in words.items()
        ],
        "month_cost": rupiah(month.cost),
        "failures": [
            {"error": _why(error), "number": whole(number)}
            for error, number in failures_since(since)
        ],
    }


def _why(error: str) -> str:
    """Return why a message failed: in words where we gave the reason ourselves."""
    known = {
        "": _("unknown"),
        "not delivered": _("the service says that it did not arrive"),
        "down": _("the service could not be reached for three days"),
    }
    return known.get(error, error)
