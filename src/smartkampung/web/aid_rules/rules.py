"""The rules that hold, their versions, and the second person who applies one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.ruling import apply_rule
from smartkampung.aid.queries.budgets import programme_or_404
from smartkampung.aid.queries.eligible import subject_of, version_of
from smartkampung.aid.queries.ruled import ruled, version_or_404
from smartkampung.criteria.queries import registry, rule_of, versions
from smartkampung.criteria.words import reading
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_rules.present import asked_numbers, origins
from smartkampung.web.pages import StaffRequest, staff_page

VIEW, MANAGE = Permission.PROGRAMME_VIEW, Permission.PROGRAMME_MANAGE


@staff_page(VIEW)
def rules(request: StaffRequest) -> HttpResponse:
    """List the programmes with the rule that holds today."""
    items = [
        {
            "code": row.programme.code,
            "name": either(row.programme.name, row.programme.name_en),
            "version": row.version,
            "drafts": row.drafts,
        }
        for row in ruled(today())
    ]
    return render(request, "aid_rules/rules.html", {"items": items})


@staff_page(VIEW)
def rule(request: StaffRequest, code: str) -> HttpResponse:
    """Show the rule of a programme in plain words, and all its versions."""
    row = programme_or_404(code)
    standing = version_of(code, on=today())
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "standing": standing,
        "versions": versions(subject_of(code)),
        "manages": request.actor.may(MANAGE),
        **_said(standing),
    }
    return render(request, "aid_rules/rule.html", context)


@staff_page(VIEW)
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one version."""
    return _version(request, pk)


@staff_page(MANAGE, "POST")
def apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring a version into force."""
    _row, found = version_or_404(pk)
    try:
        apply_rule(version=found, by=request.actor, at=now())
    except Refused as refusal:
        return _version(request, pk, str(refusal.message))
    messages.success(request, _("This version is in force now."), "ok")
    return redirect("aid_rules:version", pk)


def _version(request: StaffRequest, pk: int, problem: str = "") -> HttpResponse:
    row, found = version_or_404(pk)
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "version": found,
        "own": found.made_by == request.actor.username,
        "manages": request.actor.may(MANAGE),
        "problem": problem,
        **_said(found),
    }
    status = 409 if problem else 200
    return render(request, "aid_rules/version.html", context, status=status)


def _said(found: Any) -> dict[str, Any]:
    if found is None:
        return {"reading": None, "facts": [], "numbers": []}
    told = rule_of(found)
    return {
        "reading": reading(told, registry().facts),
        "facts": origins(told),
        "numbers": asked_numbers(told, {}),
    }
