"""Work on many villages: start it, see how far it is, stop or undo it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions import runs as actions
from smartkampung.aid.cycles.queries.lists import cycle_by_id
from smartkampung.aid.cycles.queries.runs import run_for
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import whole
from smartkampung.regions.queries import names
from smartkampung.web.aid_cycles.cycles import cycle_page
from smartkampung.web.aid_cycles.words import RUN_STATES, RUNS, tag
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.LIST_PROPOSE, "POST")
def start_proposing(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Begin to propose the poorest families on every list of the area."""
    return _start(request, cycle_id, "propose")


@staff_page(P.LIST_APPROVE, "POST")
def start_approving(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Begin to approve every list of the area that waits for it."""
    return _start(request, cycle_id, "approve")


@staff_page(P.LIST_APPROVE, "POST")
def start_releasing(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Begin to release a tranche for every approved list of the area."""
    return _start(request, cycle_id, "release")


def _start(request: StaffRequest, cycle_id: int, kind: str) -> HttpResponse:
    value = request.POST.get("value", "0")
    try:
        run = actions.start_run(
            cycle=cycle_by_id(cycle_id),
            kind=kind,
            value=int(value) if value.isdecimal() and len(value) < 3 else 0,
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        problem = str(refusal.message)
        return cycle_page(request, cycle_id, problem=problem, status=409)
    return redirect("aid_cycles:run", run.pk)


@staff_page(P.CYCLE_VIEW)
def run(request: StaffRequest, run_id: int) -> HttpResponse:
    """Show how far the work is, and what was refused where."""
    return _page(request, run_id)


@staff_page(P.LIST_PROPOSE, "POST")
def undo(request: StaffRequest, run_id: int) -> HttpResponse:
    """Take the families off again that a run proposed."""
    row = run_for(request.actor, run_id)
    try:
        gone = actions.undo_run(run=row, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, run_id, problem=str(refusal.message), status=409)
    words = ngettext(
        "%(shown)s family was taken off the lists again.",
        "%(shown)s families were taken off the lists again.",
        gone,
    )
    messages.success(request, words % {"shown": whole(gone)}, "ok")
    return redirect("aid_cycles:run", run_id)


@staff_page(P.LIST_APPROVE, "POST")
def stop(request: StaffRequest, run_id: int) -> HttpResponse:
    """Leave the villages that were not done yet as they are."""
    row = run_for(request.actor, run_id)
    try:
        actions.stop_run(run=row, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, run_id, problem=str(refusal.message), status=409)
    messages.success(request, _("Stopped. What was done already stays."), "ok")
    return redirect("aid_cycles:run", run_id)


def _page(
    request: StaffRequest, run_id: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    row = run_for(request.actor, run_id)
    called = names(row.problems)
    running, may = row.state == "running", request.actor.may(actions.NEEDS[row.kind])
    context: dict[str, Any] = {
        "run": row,
        "kind": RUNS[row.kind],
        "tag": tag(RUN_STATES, row.state),
        "programme": either(row.cycle.programme.name, row.cycle.programme.name_en),
        "percent": 100 * row.done // row.total if row.total else 100,
        "running": running,
        "problems": [
            (called.get(code, code), words)
            for code, words in sorted(row.problems.items())
        ],
        "may_stop": running and may and row.kind != "propose",
        "may_undo": row.kind == "propose" and row.state != "undone" and may,
        "problem": problem,
    }
    return render(request, "aid_cycles/run.html", context, status=status)
