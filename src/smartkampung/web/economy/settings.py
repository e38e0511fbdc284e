"""The baseline year and the thresholds, with their days and who decided."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.economy.actions.settings import write_setting
from smartkampung.recovery.economy.queries.settings import (
    Setting,
    in_force,
    settings_for,
)
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

Kind = Setting.Kind
SEED = "seed"  # of the first migration


class SettingForm(forms.Form):
    """From which day on, and by whose word."""

    since = day_field(lazy("From which day on?"), help_text=lazy("Today or later."))
    reference = forms.CharField(
        label=lazy("By whose decision?"),
        help_text=lazy("Number of the decree, or who decided."),
        max_length=200,
        validators=[no_card_number],
    )


class BaselineForm(SettingForm):
    """With which year months are compared."""

    year = forms.IntegerField(
        label=lazy("Compare with which year?"),
        help_text=lazy("A year before the crisis, with figures of all its months."),
    )
    field_order = ("year", "since", "reference")


class ThresholdsForm(SettingForm):
    """From where on something fell, and from where on it is back."""

    falls_below = forms.IntegerField(
        label=lazy("A sector fell when it stands below … percent"),
        help_text=lazy("Of the same month of the baseline year."),
    )
    recovers_above = forms.IntegerField(
        label=lazy("It has recovered when it stands above … percent"),
        help_text=lazy("Higher than the other, so that nothing trembles between."),
    )
    field_order = ("falls_below", "recovers_above", "since", "reference")


FORMS: dict[str, type[SettingForm]] = {
    Kind.BASELINE: BaselineForm,
    Kind.THRESHOLDS: ThresholdsForm,
}
TITLES = {
    Kind.BASELINE: lazy("Baseline year"),
    Kind.THRESHOLDS: lazy("Thresholds of alerts"),
}


@staff_page(Permission.ECONOMY_VIEW)
def settings(request: StaffRequest) -> HttpResponse:
    """Show what holds, what held and what will hold."""
    parts = [
        {
            "kind": kind.value,
            "title": TITLES[kind],
            "rows": _rows(settings_for(request.actor, kind), kind),
        }
        for kind in Kind
    ]
    may = request.actor.may(Permission.ECONOMY_ENTER)
    return render(request, "economy/settings.html", {"parts": parts, "may": may})


def _rows(rows: list[Setting], kind: Setting.Kind) -> list[dict[str, Any]]:
    holds = in_force(kind, today())
    names = full_names(row.by for row in rows)
    return [
        {
            "row": row,
            "says": _says(row),
            "reference": reference(row),
            "by": names.get(row.by, ""),
            "state": _state(row, holds),
        }
        for row in rows
    ]


def reference(row: Setting) -> str:
    """Return by whose word something holds, in the language of whoever reads."""
    return (
        _("Default of the program, not yet decided")
        if row.by == SEED
        else row.reference
    )


def _state(row: Setting, holds: Setting) -> tuple[str, str]:
    if row.pk == holds.pk:
        return _("holds now"), "ok"
    if row.since > today():
        return _("from a later day"), "wait"
    return _("held before"), "off"


def _says(row: Setting) -> str:
    if row.kind == Kind.BASELINE:
        return str(_("Months are compared with %(year)s.") % row.body)
    words = _("Fell below %(falls_below)s%%, recovered above %(recovers_above)s%%.")
    return str(words % row.body)


@staff_page(Permission.ECONOMY_ENTER, "GET", "HEAD", "POST")
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write what holds from a day on."""
    if kind not in FORMS:
        raise Http404
    settings_for(request.actor, Kind(kind))
    if request.method != "POST":
        first: dict[str, Any] = dict(in_force(Kind(kind), today()).body)
        return _page(request, kind, FORMS[kind](initial=first | {"since": today()}))
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _page(request, kind, form, status=422)
    told: dict[str, Any] = dict(form.cleaned_data)
    since: date = told.pop("since")
    try:
        write_setting(
            kind=Kind(kind),
            since=since,
            reference=told.pop("reference"),
            body=told,
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, kind, form, status=422)
    messages.success(request, _("Written down."), "ok")
    return redirect("economy:settings")


def _page(
    request: StaffRequest, kind: str, form: SettingForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "title": TITLES[Kind(kind)]}
    return render(request, "economy/write.html", context, status=status)
