"""Close a cycle: the page says first what is still on its way and what goes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.closing import close_cycle
from smartkampung.aid.cycles.queries.closing import standing_of
from smartkampung.aid.cycles.queries.lists import cycle_by_id
from smartkampung.aid.cycles.rules.closing import bars_to_close
from smartkampung.aid.cycles.words import CLOSING
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.CYCLE_PLAN, "GET", "POST")
def close(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Ask first; then close the cycle for good."""
    if request.method != "POST":
        return _page(request, cycle_id)
    cycle, seen = cycle_by_id(cycle_id), request.POST.get("seen", "")
    try:
        done = close_cycle(
            cycle=cycle,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        return _page(request, cycle_id, problem=str(refusal.message), status=409)
    amount = present.amount(done.amount, cycle.programme.commodity)
    words = _("The cycle is closed. Back in the budget: %(amount)s.")
    messages.success(request, words % {"amount": amount}, "ok")
    return redirect("aid_cycles:cycle", cycle_id)


def _page(
    request: StaffRequest, cycle_id: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    cycle = cycle_by_id(cycle_id)
    standing = standing_of(cycle, on=today())
    context = {
        "cycle": cycle,
        "programme": either(cycle.programme.name, cycle.programme.name_en),
        "standing": standing,
        "amount": present.amount(standing.left_amount, cycle.programme.commodity),
        "bars": [CLOSING[bar] for bar in bars_to_close(standing)],
        "problem": problem,
    }
    return render(request, "aid_cycles/close.html", context, status=status)
