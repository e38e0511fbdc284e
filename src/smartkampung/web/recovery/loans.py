"""Loans: which are late, how each is paid back, and a new agreement."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import rupiah
from smartkampung.recovery.programmes.actions import lending
from smartkampung.recovery.programmes.queries.money import lent_of
from smartkampung.recovery.programmes.queries.seats import (
    loan_for,
    loans_for,
    plans_of,
    repayments_of,
)
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.forms import RepayForm, RescheduleForm

P = Permission
PAGE_SIZE = 50
Part = dict[str, Any]


@staff_page(P.RECOVERY_VIEW)
def loans(request: StaffRequest) -> HttpResponse:
    """List the loans of an area, those longest late first."""
    found = loans_for(request.actor, today())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    names = present.names_for(request.actor, [lent.loan.seat for lent in page])
    late = [lent for lent in found if lent.standing.arrears]
    context = {
        "page": page,
        "rows": [
            {"lent": lent, "name": names[lent.loan.seat_id], "tag": _tag(lent)}
            for lent in page
        ],
        "numbers": [
            {"value": str(len(found)), "meaning": _("loans")},
            {
                "value": rupiah(sum(lent.standing.left for lent in found)),
                "meaning": _("left to come back"),
            },
            {
                "value": str(len(late)),
                "meaning": _("are late"),
                "state": "late",
                "tag": _("late") if late else "",
            },
            {
                "value": rupiah(sum(lent.standing.arrears for lent in late)),
                "meaning": _("should have come back by now"),
            },
        ],
    }
    return render(request, "recovery/loans.html", context)


def _tag(lent: Any) -> Part:
    if not lent.standing.left:
        return {"state": "ok", "text": _("paid back")}
    if lent.standing.arrears:
        return {"state": "late", "text": _("late")}
    return {"state": "info", "text": _("in time")}


@staff_page(P.RECOVERY_VIEW)
def loan(request: StaffRequest, loan_id: int) -> HttpResponse:
    """Show one loan: its plan, what came back, and plans that held before."""
    return _page(request, loan_for(request.actor, loan_id, P.RECOVERY_VIEW))


@staff_page(P.RECOVERY_REPAY, "GET", "HEAD", "POST")
def repay(request: StaffRequest, loan_id: int) -> HttpResponse:
    """Write down money that came back; the same form is one repayment."""
    row = loan_for(request.actor, loan_id, P.RECOVERY_REPAY)
    if request.method != "POST":
        return _page(request, row)
    form = RepayForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        lending.repay(
            loan=row, **form.cleaned_data, by=request.actor.username, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("The repayment is written down. Thank you."), "ok")
    return redirect("recovery_staff:loan", row.pk)


@staff_page(P.RECOVERY_REPAY, "GET", "HEAD", "POST")
def reschedule(request: StaffRequest, loan_id: int) -> HttpResponse:
    """Agree anew about what is left; what held before stays to be read."""
    row = loan_for(request.actor, loan_id, P.RECOVERY_REPAY)
    form = RescheduleForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        by = request.actor.username
        try:
            lending.reschedule(loan=row, **form.cleaned_data, by=by, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("The new plan holds from now on."), "ok")
            return redirect("recovery_staff:loan", row.pk)
    [lent] = lent_of([row], on=today())
    context = {
        "form": form,
        "title": _("A new plan for what is left"),
        "about": _("%(left)s are left. The plan until now stays to be read.")
        % {"left": rupiah(lent.standing.left)},
        "button": _("Agree on this plan"),
        "loan": row,
        "name": present.names_for(request.actor, [row.seat])[row.seat_id],
    }
    return render(request, "recovery/form.html", context, status=status)


def _page(
    request: StaffRequest, row: Any, form: RepayForm | None = None, *, status: int = 200
) -> HttpResponse:
    [lent] = lent_of([row], on=today())
    plans = list(plans_of(row))
    may = request.actor.may_in(P.RECOVERY_REPAY, row.seat.region_code)
    context = {
        "loan": row,
        "seat": row.seat,
        "name": present.names_for(request.actor, [row.seat])[row.seat_id],
        "title": present.title_of(row.seat.offer),
        "lent": lent,
        "tag": _tag(lent),
        "lines": lent.standing.lines,
        "earlier": plans[1:],
        "repayments": repayments_of(row),
        "may": may and bool(lent.standing.left),
        "form": form or RepayForm(initial={"on": today()}),
    }
    return render(request, "recovery/loan.html", context, status=status)
