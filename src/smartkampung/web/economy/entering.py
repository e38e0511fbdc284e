"""Enter figures, see every version of them, and take one back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.economy.actions.entering import enter_figures
from smartkampung.recovery.economy.bulk import Given, items_as_known
from smartkampung.recovery.economy.queries.figures import figures_for, versions_for
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.people import sectors
from smartkampung.recovery.economy.rules.kinds import MEASURES, Kind, Measure
from smartkampung.recovery.economy.words import KINDS, type_name
from smartkampung.recovery.economy.words import MEASURES as NAMES
from smartkampung.web.economy import asked
from smartkampung.web.economy.forms import BackForm, FigureForm, types
from smartkampung.web.economy.revenue import history_url
from smartkampung.web.economy.sheets import made_up
from smartkampung.web.economy.wording import CANNOT, count, money, month_name
from smartkampung.web.pages import StaffRequest, staff_page

ENTER, VIEW = Permission.ECONOMY_ENTER, Permission.ECONOMY_VIEW


@staff_page(ENTER, "GET", "HEAD", "POST")
def enter(request: StaffRequest, kind: str) -> HttpResponse:
    """Enter the figures of one item in one month."""
    known = asked.kind_of(kind)
    must_see(request.actor, ENTER)
    if known is None:
        raise Http404
    items = _items(request, known)
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in ("item", "month")}
        form = FigureForm(kind=known, today=today(), items=items, initial=first)
        return _page(request, form, items)
    form = FigureForm(request.POST, kind=known, today=today(), items=items)
    if not form.is_valid():
        return _page(request, form, items, status=422)
    given = [_as_known(one, items, known) for one in form.given()]
    try:
        enter_figures(
            given=given,
            source=form.cleaned_data["source"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        where = "reason" if refusal.code == "correction_needs_reason" else None
        form.add_error(where, str(refusal.message))
        return _page(request, form, items, status=409)
    messages.success(request, _("Written down, in your name."), "ok")
    return redirect(history_url(known, given[0].item, given[0].month))


def _as_known(one: Given, items: Mapping[str, str], kind: Kind) -> Given:
    if kind is not Kind.VISITS:
        return one
    name = items_as_known(items, " ".join(one.item.split()))
    return Given(one.measure, name, one.month, one.value)


def _items(request: StaffRequest, kind: Kind) -> dict[str, str]:
    if kind is Kind.REVENUE:
        return types()
    if kind is Kind.BUSINESSES:
        return sectors()
    return {site: site for site in figures_for(request.actor, kind).items()}


def _page(
    request: StaffRequest,
    form: FigureForm,
    items: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "title": KINDS[form.kind],
        "sites": list(items) if form.kind is Kind.VISITS else [],
    }
    return render(request, "economy/enter.html", context, status=status)


@staff_page(VIEW)
def history(request: StaffRequest) -> HttpResponse:
    """Show every version of the figures of an item in a month."""
    asks = _asked(request.GET)
    if asks is None:
        raise Http404
    return _history(request, *asks, BackForm())


@staff_page(ENTER, "POST")
def take_back(request: StaffRequest) -> HttpResponse:
    """Take a figure back that should never have stood there; it stays readable."""
    must_see(request.actor, ENTER)
    asks = _asked(request.POST)
    measure = request.POST.get("measure", "")
    if asks is None or measure not in MEASURES[asks[0]]:
        raise Http404
    form = BackForm(request.POST)
    if not form.is_valid():
        return _history(request, *asks, form, status=422)
    kind, item, month = asks
    try:
        enter_figures(
            given=[Given(Measure(measure), item, month, None)],
            source=request.actor.username,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _history(request, *asks, form, status=409)
    messages.success(request, _("Taken back. The month is a gap now."), "ok")
    return redirect(history_url(kind, item, month))


def _asked(told: Mapping[str, Any]) -> tuple[Kind, str, date] | None:
    kind = asked.kind_of(str(told.get("kind", "")))
    month = asked.month_in(str(told.get("month", "")), today=today())
    item = str(told.get("item", ""))
    if kind is None or month is None or not item or "\0" in item:
        return None
    return kind, item, month


def _history(
    request: StaffRequest,
    kind: Kind,
    item: str,
    month: date,
    form: BackForm,
    *,
    status: int = 200,
) -> HttpResponse:
    rows = versions_for(request.actor, kind, item, month)
    names = full_names(row.by for row in rows)
    words = money if kind is Kind.REVENUE else count
    latest = {row.measure: row for row in reversed(rows)}
    context = {
        "kind": kind.value,
        "kind_name": KINDS[kind],
        "item": item,
        "name": item_name(kind, item),
        "month": month,
        "month_name": month_name(month),
        "versions": [
            {
                "row": row,
                "measure": NAMES[row.measure],
                "value": _("taken back") if row.value is None else words(row.value),
                "by": names.get(row.by, row.by),
                "stands": latest[row.measure].pk == row.pk,
                "mark": made_up() if row.synthetic else "",
            }
            for row in rows
        ],
        "standing": [
            (one, NAMES[one]) for one, row in latest.items() if row.value is not None
        ],
        "form": form,
        "nothing": CANNOT,
        "may_enter": request.actor.may(ENTER),
    }
    return render(request, "economy/history.html", context, status=status)


def item_name(kind: Kind, item: str) -> str:
    """Return what an item is called."""
    if kind is Kind.REVENUE:
        return type_name(item)
    return sectors().get(item, item) if kind is Kind.BUSINESSES else item
