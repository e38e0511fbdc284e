"""Alerts: what fell or is back, since when, and who has taken note."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import percent, short_moment
from smartkampung.recovery.economy.actions.watching import acknowledge
from smartkampung.recovery.economy.queries.alerts import alert_for, alerts_for
from smartkampung.recovery.economy.queries.settings import baselines_on, thresholds_of
from smartkampung.recovery.economy.rules.falling import Turn
from smartkampung.recovery.economy.words import CURVES, TURNS
from smartkampung.web.economy import sheets
from smartkampung.web.economy.settings import reference
from smartkampung.web.economy.sheets import Head, Sheet, made_up
from smartkampung.web.economy.wording import CANNOT, against, month_name, signed
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

LISTED = 100
STATES = {Turn.FELL: "late", Turn.RECOVERED: "ok", Turn.UNDONE: "off"}


class NoteForm(forms.Form):
    """What the office does about it."""

    note = forms.CharField(
        label=lazy("What is done about it?"),
        help_text=lazy("For example: relief of hotel tax is being prepared."),
        max_length=300,
        validators=[no_card_number],
        error_messages={"required": lazy("Say what is done about it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@staff_page(Permission.ECONOMY_VIEW)
def alerts(request: StaffRequest) -> HttpResponse:
    """List every alert."""
    sheet = alerts_sheet(request)
    context = {"sheet": sheet, "table": sheet.context()}
    return render(request, "economy/alerts.html", context)


def alerts_sheet(request: StaffRequest) -> Sheet:
    """Return every alert, the latest first."""
    rows = list(alerts_for(request.actor)[:LISTED])
    names = full_names(row.seen_by for row in rows)
    heads = [
        Head(_("Sector"), number=False),
        Head(_("Turn"), number=False),
        Head(_("Month"), number=False),
        Head(_("Of the month compared with")),
        Head(_("Told on"), number=False),
        Head(_("Noted by"), number=False),
    ]
    lines = [
        [
            sheets.word(
                str(CURVES[row.curve]), url=reverse("economy:alert", args=[row.pk])
            ),
            sheets.word(str(TURNS[row.turn]), state=STATES[Turn(row.turn)]),
            sheets.word(month_name(row.month)),
            sheets.Cell(_index(row), row.index, unit=sheets.PERCENT),
            sheets.word(short_moment(row.at)),
            sheets.word(names.get(row.seen_by, row.seen_by) or _("nobody yet")),
        ]
        for row in rows
    ]
    synthetic = any(row.synthetic for row in rows)
    return Sheet("alerts", _("Alerts"), heads, lines, synthetic)


@staff_page(Permission.ECONOMY_VIEW)
def alert(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one alert."""
    return _page(request, alert_for(request.actor, pk), NoteForm())


@staff_page(Permission.ECONOMY_ENTER, "POST")
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Take note of an alert."""
    row = alert_for(request.actor, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        acknowledge(
            alert=row, note=form.cleaned_data["note"], by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("Noted, in your name."), "ok")
    return redirect("economy:alert", pk)


def _page(
    request: StaffRequest, row: Any, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    limits = thresholds_of(row.setting)
    context = {
        "row": row,
        "line": lines_of([row])[0],
        "limits": limits,
        "reference": reference(row.setting),
        "curve_url": reverse("economy:curve", args=[row.curve]),
        "seen_by": full_names([row.seen_by]).get(row.seen_by, row.seen_by),
        "form": form,
        "may_note": request.actor.may(Permission.ECONOMY_ENTER) and not row.seen_at,
    }
    return render(request, "economy/alert.html", context, status=status)


def lines_of(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Return each alert in one sentence."""
    found = list(rows)
    years = baselines_on({day(row.at) for row in found})
    return [_line(row, years[day(row.at)]) for row in found]


def _line(row: Any, baseline: int) -> dict[str, str]:
    words = _("%(sector)s %(turn)s in %(month)s: %(index)s %(against)s")
    if row.index is None:
        words = _("%(sector)s %(turn)s")
    told = words % {
        "sector": CURVES[row.curve],
        "turn": TURNS[row.turn],
        "month": month_name(row.month),
        "index": _index(row),
        "against": _against(row, baseline),
    }
    return {
        "title": _("%(sector)s %(turn)s")
        % {"sector": CURVES[row.curve], "turn": TURNS[row.turn]},
        "text": told,
        "state": STATES[Turn(row.turn)],
        "url": reverse("economy:alert", args=[row.pk]),
        "mark": made_up() if row.synthetic else "",
    }


def _against(row: Any, baseline: int) -> str:
    if row.index is None:
        return ""
    return against(float(row.index), month_name(row.month.replace(year=baseline)))


def _index(row: Any) -> str:
    return CANNOT if row.index is None else signed(percent(float(row.index)))
