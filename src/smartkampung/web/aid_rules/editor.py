"""The page where Dinsos writes a new version of a rule, without a programmer."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.ruling import propose_rule
from smartkampung.aid.queries.budgets import programme_or_404
from smartkampung.aid.queries.ruled import standing_rule
from smartkampung.criteria.queries import registry
from smartkampung.criteria.rules import Faulty, parse
from smartkampung.criteria.words import reading, said_faults
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_rules.ruleforms import (
    GROUPS,
    ROWS,
    HeadForm,
    JoinForm,
    RowForm,
    TooNested,
    initial_of,
    rule_data,
)
from smartkampung.web.pages import StaffRequest, staff_page

Rows = formset_factory(RowForm, extra=ROWS, max_num=60, absolute_max=60)


@dataclass
class Sheet:
    """All forms of the page together."""

    head: HeadForm
    rows: Any
    groups: dict[str, JoinForm]
    nested: bool = False

    def valid(self) -> bool:
        """Check all forms, so that every mistake is named at once."""
        checks = [form.is_valid() for form in (self.head, self.rows)]
        return all([*checks, *(form.is_valid() for form in self.groups.values())])

    def data(self) -> dict[str, Any]:
        """Return the rule that was written."""
        return rule_data(self.head, list(self.rows), self.groups)


@staff_page(Permission.PROGRAMME_MANAGE, "GET", "POST")
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """Show the rule as a form, read back what was written, or keep it as a draft."""
    row = programme_or_404(code)
    if request.method != "POST":
        return _page(request, row, _shown(row))
    sheet = _sent(request)
    if not sheet.valid():
        return _page(request, row, sheet, status=422)
    data = sheet.data()
    try:
        rule = parse(data, registry().facts)
    except Faulty as faulty:
        sheet.head.add_error(None, said_faults(faulty))
        return _page(request, row, sheet, status=422)
    told = reading(rule, registry().facts)
    if request.POST.get("do") != "save":
        return _page(request, row, sheet, told)
    return _save(request, row, sheet, data)


def _save(request: StaffRequest, row: Any, sheet: Sheet, data: Any) -> HttpResponse:
    about = ("legal_reference", "since", "until")
    try:
        version = propose_rule(
            programme=row,
            rule=data,
            by=request.actor,
            at=now(),
            **{name: sheet.head.cleaned_data[name] for name in about},
        )
    except Refused as refusal:
        sheet.head.add_error(None, str(refusal.message))
        return _page(request, row, sheet, status=409)
    words = _("Kept as a draft. Another officer of Dinsos must bring it into force.")
    messages.success(request, words, "ok")
    return redirect("aid_rules:version", version.pk)


def _shown(row: Any) -> Sheet:
    nested = False
    try:
        head, rows, groups = initial_of(standing_rule(row, on=today()))
    except TooNested:
        (head, rows, groups), nested = ({}, [], {}), True
    return Sheet(
        HeadForm(initial={"since": today(), **head}),
        Rows(initial=rows, prefix="row"),
        {name: JoinForm(prefix=name, initial=groups.get(name)) for name in GROUPS},
        nested,
    )


def _sent(request: StaffRequest) -> Sheet:
    data = request.POST
    return Sheet(
        HeadForm(data),
        Rows(data, prefix="row"),
        {name: JoinForm(data, prefix=name) for name in GROUPS},
    )


def _page(
    request: StaffRequest,
    row: Any,
    sheet: Sheet,
    told: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "sheet": sheet,
        "reading": told,
    }
    return render(request, "aid_rules/edit.html", context, status=status)
