"""Sign a gate for one's office, on a phone: read, then sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.pilots.actions import signing
from smartkampung.reopening.pilots.queries.pilots import pilot_for
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots import present
from smartkampung.web.pilots.forms import SignForm
from smartkampung.web.pilots.pilot import gate_of


@staff_page(Permission.PILOT_SIGN, "GET", "POST")
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is signed, or sign it."""
    row = pilot_for(request.actor, pk, Permission.PILOT_SIGN)
    if request.method != "POST":
        return _page(request, row)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, row, _("Open this page again."), status=422)
    try:
        signing.sign(pilot=row, by=request.actor, at=now(), **form.cleaned_data)
    except Refused as refusal:
        return _page(request, row, str(refusal.message), status=409)
    messages.success(request, _("Signed, in your name."), "ok")
    return redirect("pilots:pilot", pk)


def _page(
    request: StaffRequest, row: Any, problem: str = "", *, status: int = 200
) -> HttpResponse:
    gate = gate_of(request.actor, row)
    found = gate["found"] if gate else None
    context = {
        "row": row,
        "place": present.where([row.village_id])[row.village_id],
        "tag": present.tag(row.state),
        "gate": gate,
        "problem": problem,
        "forms": [
            {
                "office": present.role(one),
                "form": SignForm(
                    initial={"role": one, "to": found.gate.to, "digest": found.digest},
                    auto_id=f"{one}_%s",
                ),
            }
            for one in (gate["mine"] if gate else [])
        ]
        if found and found.is_open
        else [],
    }
    return render(request, "pilots/sign.html", context, status=status)
