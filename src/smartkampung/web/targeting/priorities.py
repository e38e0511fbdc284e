"""A priority in plain words, its versions, and the second person who applies one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.criteria.actions import bring_into_force
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import rupiah
from smartkampung.recovery.targeting.queries.priorities import (
    Worded,
    all_versions,
    standing,
    version_or_404,
    worded,
)
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.says import said_priority
from smartkampung.web.targeting.words import POPULATIONS

VIEW, PLAN = Permission.TARGETING_VIEW, Permission.TARGETING_PLAN
APPROVE = Permission.TARGETING_APPROVE


@staff_page(VIEW)
def priority(request: StaffRequest, code: str) -> HttpResponse:
    """Show the priority that holds, and all its versions."""
    known = all_versions(code)
    holds = standing(code, on=today())
    shown = holds or worded(known[0])
    context = {
        "holds": holds is not None,
        "versions": known,
        "plans": request.actor.may(PLAN),
        **_shown(shown),
    }
    return render(request, "targeting/priority.html", context)


@staff_page(VIEW)
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one version."""
    return _version(request, pk)


@staff_page(APPROVE, "POST")
def apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring a version into force, as the second person."""
    found = version_or_404(pk)
    try:
        bring_into_force(version=found, by=request.actor.username, at=now())
    except Refused as refusal:
        return _version(request, pk, str(refusal.message))
    messages.success(request, _("This version is in force now."), "ok")
    return redirect("targeting:version", pk)


def _version(request: StaffRequest, pk: int, problem: str = "") -> HttpResponse:
    found = worded(version_or_404(pk))
    waits = found.version.approved_at is None
    own = found.version.made_by == request.actor.username
    context = {
        "problem": problem,
        "waits": waits,
        "own": own,
        "may_apply": waits and not own and request.actor.may(APPROVE),
        **_shown(found),
    }
    status = 409 if problem else 200
    return render(request, "targeting/version.html", context, status=status)


def _shown(found: Worded) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "version": found.version,
        "population": POPULATIONS[found.population],
        "budget": rupiah(found.budget),
        "cost_each": rupiah(found.cost_each),
        "says": said_priority(found.priority, found.population),
    }
