"""Every cycle, one cycle with its villages, and the plan of Dinsos."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.plan import open_cycle, plan_tranche
from smartkampung.aid.cycles.queries import lists, runs
from smartkampung.aid.queries.programmes import programme, programme_names
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.ledger.queries import balances
from smartkampung.regions.queries import names, villages_of
from smartkampung.web.aid_cycles.forms import CycleForm, TrancheForm
from smartkampung.web.aid_cycles.words import LISTS, RUN_STATES, RUNS, tag
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.CYCLE_VIEW)
def cycles(request: StaffRequest) -> HttpResponse:
    """Show every cycle, the latest first."""
    items = [
        {
            "row": row,
            "programme": either(row.programme.name, row.programme.name_en),
        }
        for row in lists.cycles()
    ]
    context = {"items": items, "plans": request.actor.may(P.CYCLE_PLAN)}
    return render(request, "aid_cycles/cycles.html", context)


@staff_page(P.CYCLE_PLAN, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """Begin a cycle for every village of the actor's area."""
    data = request.POST if request.method == "POST" else None
    form = CycleForm(data, programmes=programme_names())
    if not form.is_valid():
        status = 422 if data is not None else 200
        return render(request, "aid_cycles/new.html", {"form": form}, status=status)
    plan = form.cleaned_data
    quota = plan.pop("quota")
    areas = request.actor.regions_where(P.CYCLE_PLAN)
    quotas = {row.code: quota for row in villages_of(*areas)}
    plan["programme"] = programme(plan["programme"])
    try:
        row = open_cycle(**plan, quotas=quotas, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return render(request, "aid_cycles/new.html", {"form": form}, status=409)
    messages.success(request, _("The cycle has begun. Plan its first tranche."), "ok")
    return redirect("aid_cycles:cycle", row.pk)


@staff_page(P.CYCLE_VIEW)
def cycle(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Show a cycle: its tranches, its villages, and what may be done for many."""
    return cycle_page(request, cycle_id)


@staff_page(P.CYCLE_PLAN, "POST")
def tranche(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Plan the next tranche."""
    form = TrancheForm(request.POST)
    if not form.is_valid():
        return cycle_page(request, cycle_id, form=form, status=422)
    row = lists.cycle_by_id(cycle_id)
    try:
        plan_tranche(cycle=row, by=request.actor, at=now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return cycle_page(request, cycle_id, form=form, status=409)
    messages.success(request, _("The tranche is planned."), "ok")
    return redirect("aid_cycles:cycle", cycle_id)


def cycle_page(
    request: StaffRequest,
    cycle_id: int,
    *,
    form: TrancheForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of a cycle."""
    row, actor = lists.cycle_by_id(cycle_id), request.actor
    commodity, code = row.programme.commodity, f"budget/{row.programme_id}"
    rows, open_ = lists.lines_for(actor, row), row.state == "open"
    context: dict[str, Any] = {
        "cycle": row,
        "programme": either(row.programme.name, row.programme.name_en),
        "budget": present.amount(balances([code]).get(code, 0), commodity),
        "tranches": [
            {"row": each, "amount": present.amount(each.amount, commodity)}
            for each in lists.tranches_of(row)
        ],
        "lines": _lines(rows),
        "runs": [
            {"row": run, "kind": RUNS[run.kind], "tag": tag(RUN_STATES, run.state)}
            for run in runs.runs_for(actor, row)[:5]
        ],
        "form": form or TrancheForm(),
        "open": open_,
        "plans": open_ and actor.may(P.CYCLE_PLAN),
        **_offers(actor, rows if open_ else []),
        "problem": problem,
    }
    return render(request, "aid_cycles/cycle.html", context, status=status)


def _offers(actor: Actor, rows: list[lists.Line]) -> dict[str, bool]:
    """Say what may be done for many lists at once."""
    approves = actor.may(P.LIST_APPROVE)
    return {
        "proposes": actor.may(P.LIST_PROPOSE) and _any(rows, "proposing"),
        "approves": approves and _any(rows, "approving"),
        "releases": approves and _any(rows, "approved"),
    }


def _any(rows: list[lists.Line], state: str) -> bool:
    return any(line.village.state == state for line in rows)


def _lines(rows: list[lists.Line]) -> list[dict[str, Any]]:
    """Describe each village; those where nothing was begun come last."""
    called = names(line.village.village_code for line in rows)
    return [
        {
            "line": line,
            "name": called.get(line.village.village_code, line.village.village_code),
            "tag": tag(LISTS, line.village.state),
            "late": line.village.due_at is not None and line.village.due_at < now(),
        }
        for line in sorted(rows, key=_idle)
    ]


def _idle(line: lists.Line) -> bool:
    return line.village.state == "proposing" and not line.proposed
