"""Dinsos changes what a programme promises, and which aid excludes which."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.programmes import change_programme, set_rule
from smartkampung.aid.queries.budgets import programme_or_404
from smartkampung.aid.queries.programmes import (
    components,
    purses,
    rule_of,
    terms_of,
)
from smartkampung.aid.rules.terms import NAMES
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff.termforms import RuleForm, TermsForm
from smartkampung.web.aid_staff.words import COMPONENTS, REACHES
from smartkampung.web.pages import StaffRequest, staff_page

MANAGE = Permission.PROGRAMME_MANAGE


@staff_page(MANAGE, "GET", "POST")
def change(request: StaffRequest, code: str) -> HttpResponse:
    """Show the terms of a programme, or change them from now on."""
    row = programme_or_404(code)
    if request.method != "POST":
        terms = terms_of(row)
        initial = {name: getattr(terms, name) for name in NAMES}
        initial |= {"seen": terms.mark, "harmless": not terms.sensitive}
        return _page(request, row, TermsForm(initial=initial))
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        changed = change_programme(
            programme=row,
            terms=form.terms(),
            seen=form.cleaned_data["seen"],
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, 409)
    words = _("The programme is changed.") if changed else _("Nothing was changed.")
    messages.success(request, words, "ok")
    return redirect("aid_staff:programmes")


def _page(
    request: StaffRequest, row: Any, form: TermsForm, status: int = 200
) -> HttpResponse:
    name = either(row.name, row.name_en)
    context = {"programme": name, "form": form}
    return render(request, "aid_staff/programme.html", context, status=status)


@staff_page(MANAGE, "GET", "POST")
def rule(request: StaffRequest) -> HttpResponse:
    """Show the rule for a pair, or let another hold from a day on."""
    form = _rule_form(request)
    if request.method != "POST" or not form.is_valid():
        return _rule_page(request, form, 422 if request.method == "POST" else 200)
    data = form.cleaned_data
    try:
        set_rule(
            pair=(programme_or_404(data["first"]), programme_or_404(data["second"])),
            component=data["component"],
            reach=data["reach"],
            effect=data["effect"],
            source=(data["source"], data["source_en"]),
            since=data["since"],
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _rule_page(request, form, 409)
    messages.success(request, _("The rule is set."), "ok")
    return redirect("aid_staff:conflicts")


def _rule_form(request: StaffRequest) -> RuleForm:
    rows = [purse.programme for purse in purses()]
    names = [(row.code, either(row.name, row.name_en)) for row in rows]
    offered = {
        "first": {code for code, _name in names},
        "second": {code for code, _name in names},
        "component": {"", *_components()},
        "reach": set(REACHES),
    }
    asked = {
        name: value
        for name, known in offered.items()
        if (value := request.GET.get(name, "")) in known
    }
    return RuleForm(
        request.POST if request.method == "POST" else None,
        programmes=names,
        components=_components(),
        on=today(),
        initial={"reach": "person", **asked, **_standing_rule(asked)},
    )


def _components() -> list[str]:
    """Return the components that have a word, and those that rules tell apart."""
    return sorted({*COMPONENTS, *components()})


def _standing_rule(asked: dict[str, str]) -> dict[str, str]:
    """Return what holds for the pair today, to begin from."""
    if not {"first", "second"} <= asked.keys():
        return {}
    cell = {"component": "", "reach": "person", **asked}
    known = rule_of(**cell, on=today())
    if known is None:
        return {}
    return {name: getattr(known, name) for name in ("effect", "source", "source_en")}


def _rule_page(request: StaffRequest, form: RuleForm, status: int) -> HttpResponse:
    return render(request, "aid_staff/rule.html", {"form": form}, status=status)
