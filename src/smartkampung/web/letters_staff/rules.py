"""What a village decided about its letters: numbers, hours, steps, closed days."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.requests.actions import villages as actions
from smartkampung.letters.requests.queries.villages import (
    rule_of,
    year_without_holidays,
)
from smartkampung.letters.service import queries
from smartkampung.regions.queries import names
from smartkampung.web.letters_staff.ruleforms import (
    BeginForm,
    ClosedDayForm,
    RuleForm,
)
from smartkampung.web.pages import StaffRequest, staff_page

RULES = Permission.LETTER_RULES


@staff_page(RULES)
def rules(request: StaffRequest) -> HttpResponse:
    """Lead to the village of the reader."""
    codes = queries.villages_ruled(request.actor)
    if not codes:
        raise Http404
    return redirect("letters_staff:rule", codes[0])


@staff_page(RULES, "GET", "HEAD", "POST")
def rule(request: StaffRequest, code: str) -> HttpResponse:
    """Show the rule of a village, and set it."""
    village = queries.ruled(request.actor, code)
    form = _form(village, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, village, {"form": form})
    if not form.is_valid():
        return _page(request, village, {"form": form}, status=422)
    return _done(
        request,
        village,
        "form",
        form,
        lambda: actions.set_rule(
            village_code=village, by=request.actor, at=now(), **form.told()
        ),
    )


@staff_page(RULES, "POST")
def begin(request: StaffRequest, code: str) -> HttpResponse:
    """Begin this year's numbers behind the paper book."""
    village = queries.ruled(request.actor, code)
    form = _begin(village, request.POST)
    if not form.is_valid():
        return _page(request, village, {"begin": form}, status=422)
    return _done(
        request,
        village,
        "begin",
        form,
        lambda: actions.begin_numbers(
            village_code=village,
            **form.cleaned_data,
            by=request.actor,
            at=now(),
        ),
    )


@staff_page(RULES, "POST")
def close(request: StaffRequest, code: str) -> HttpResponse:
    """Close the office on a day."""
    village = queries.ruled(request.actor, code)
    form = ClosedDayForm(request.POST)
    if not form.is_valid():
        return _page(request, village, {"closing": form}, status=422)
    return _done(
        request,
        village,
        "closing",
        form,
        lambda: actions.close_office(
            region_code=village, by=request.actor, at=now(), **form.cleaned_data
        ),
    )


@staff_page(RULES, "POST")
def reopen(request: StaffRequest, closed_id: int) -> HttpResponse:
    """Take a closed day back."""
    row = queries.closed_day(request.actor, closed_id)
    village = row.region_id
    actions.open_office(closed=row, by=request.actor)
    return redirect("letters_staff:rule", village)


def _form(village: str, data: Any = None) -> RuleForm:
    kinds = kinds_offered(village, today())
    return RuleForm(data, rule=rule_of(village), kinds=kinds)


def _begin(village: str, data: Any = None) -> BeginForm:
    return BeginForm(
        data, by_kind=rule_of(village).by_kind, kinds=kinds_offered(village, today())
    )


def _done(
    request: StaffRequest, village: str, name: str, form: forms.Form, do: Any
) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, village, {name: form}, status=409)
    messages.success(request, _("Saved. It holds from now on."), "ok")
    return redirect("letters_staff:rule", village)


def _page(
    request: StaffRequest, village: str, forms_: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "code": village,
        "name": names([village]).get(village, village),
        "closed": queries.closed_days(village, since=today()),
        "unknown_year": str(year_without_holidays(today()) or ""),
        "form": _form(village),
        "begin": _begin(village),
        "closing": ClosedDayForm(),
        **forms_,
    }
    return render(request, "letters_staff/rule.html", context, status=status)
