"""Verification in the field: one tick for each family that is in need."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.judge import verify
from smartkampung.aid.cycles.queries import lists
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_cycles.forms import VerifyForm
from smartkampung.web.aid_cycles.villages import PAGE_SIZE, PURPOSE, head_of, items_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id


@staff_page(P.FIELD_CHECK, "GET", "POST")
def verify_list(request: StaffRequest, list_id: int) -> HttpResponse:
    """Write down who was found in need and who was not."""
    row = lists.list_for(request.actor, list_id, P.FIELD_CHECK)
    if request.method != "POST":
        return _page(request, row, VerifyForm())
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, 422)
    why = form.cleaned_data["why"]
    try:
        done = verify(
            village=row,
            fit=_ticked(request, "yes"),
            unfit=_ticked(request, "no"),
            why=Why(why) if why else None,
            text=form.cleaned_data["text"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, 409)
    words = ngettext(
        "%(shown)s visit is written down.", "%(shown)s visits are written down.", done
    )
    messages.success(request, words % {"shown": whole(done)}, "ok")
    return redirect("aid_cycles:verify", list_id)


@staff_page(P.FIELD_CHECK)
def visits(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Lead from the work of one RT to the visits of the list."""
    row = lists.proposal_for(request.actor, proposal_id, P.FIELD_CHECK)
    return redirect("aid_cycles:verify", row.village_list_id)


def _ticked(request: StaffRequest, answer: str) -> list[int]:
    return [
        pk
        for name, value in request.POST.items()
        if name.startswith("p_") and value == answer and (pk := row_id(name[2:]))
    ]


def _page(
    request: StaffRequest, row: Any, form: VerifyForm, status: int = 200
) -> HttpResponse:
    people = lists.people_of(request.actor, row, P.FIELD_CHECK).order_by(
        "region_code", "rank", "pk"
    )
    waiting = people.filter(state="proposed")
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    note_looks(
        request.actor,
        [each.person for each in page],
        purpose=PURPOSE,
        permission=P.FIELD_CHECK,
    )
    context = {
        **head_of(row),
        "page": page,
        "items": items_of(page, request.actor) if row.state == "verifying" else [],
        "given": dict(request.POST.items()),
        "form": form,
    }
    return render(request, "aid_cycles/verify.html", context, status=status)
