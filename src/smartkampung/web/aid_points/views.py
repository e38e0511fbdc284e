"""Hand-over points of a batch: opened, followed while it goes on, and closed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods.queries import own_warehouses
from smartkampung.aid.goods.rules import MONEY
from smartkampung.aid.points import actions, queries
from smartkampung.aid.points.carrying import carry_out
from smartkampung.aid.points.words import FAULTS
from smartkampung.aid.queries.handover import batch_for, dues_for, with_last_outcome
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import moment, whole
from smartkampung.regions.codes import inside
from smartkampung.regions.queries import names
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_points.forms import CarryForm, CloseForm, PointForm
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 50


@staff_page(P.HANDOVER_RECORD, "GET", "POST")
def points(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Show the points of a batch with their counts, and open another."""
    batch = batch_for(request.actor, batch_id, P.HANDOVER_RECORD)
    may_open = request.actor.may(P.BATCH_PREPARE) and batch.state != "closed"
    form = _form(request, batch) if may_open else None
    if request.method != "POST" or form is None:
        status = 200 if request.method != "POST" else 409
        return _points(request, batch, form, status=status)
    problem = _open(request, batch, form)
    if problem:
        return _points(request, batch, form, status=problem)
    messages.success(request, _("The point is open, and its people are called."), "ok")
    return redirect("aid_points:points", batch_id)


def _form(request: StaffRequest, batch: Any) -> PointForm:
    areas = queries.areas_of(request.actor, batch)
    places = present.where([area.code for area in areas])
    choices = [
        (area.code, f"{places[area.code]} ({whole(area.waiting)})") for area in areas
    ]
    data = request.POST if request.method == "POST" else None
    first = {"on": batch.hand_over_on, "place": batch.place}
    return PointForm(data, areas=choices, initial=first)


def _open(request: StaffRequest, batch: Any, form: PointForm) -> int:
    """Open a point; return 0, or the status of what is wrong."""
    if not form.is_valid():
        return 422
    try:
        actions.open_point(batch=batch, plan=form.plan(), by=request.actor, at=now())
    except actions.PlanIncomplete as refusal:
        for fault in refusal.faults:
            field, words = FAULTS[fault]
            form.add_error(field, str(words))
        return 422
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


def _points(
    request: StaffRequest, batch: Any, form: PointForm | None, *, status: int
) -> HttpResponse:
    rows = list(
        queries.points_for(request.actor, P.HANDOVER_RECORD).filter(batch=batch)
    )
    tallies = queries.counts_of(rows, dues_for(request.actor, P.HANDOVER_RECORD))
    uncalled = queries.waiting_of(batch, dues_for(request.actor, P.HANDOVER_RECORD))
    context = {
        "batch": batch,
        "programme": either(batch.programme.name, batch.programme.name_en),
        "items": [(row, tallies[row.pk]) for row in rows],
        "uncalled": uncalled.count(),
        "form": form,
    }
    return render(request, "aid_points/points.html", context, status=status)


@staff_page(P.HANDOVER_RECORD)
def point(request: StaffRequest, point_id: int) -> HttpResponse:
    """Show how far a point has come, and who still waits; it renews itself."""
    return _point(request, point_id)


@staff_page(P.STOCK_MOVE, "POST")
def carry(request: StaffRequest, point_id: int) -> HttpResponse:
    """Take goods from a warehouse of one's own to a point."""
    row = queries.point_for(request.actor, point_id, P.STOCK_MOVE)
    form = _carry_form(request, row, request.POST)
    if not form.is_valid():
        return _point(
            request, point_id, carry_form=form, permission=P.STOCK_MOVE, status=422
        )
    try:
        carry_out(point=row, **form.cleaned_data, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _point(
            request, point_id, carry_form=form, permission=P.STOCK_MOVE, status=409
        )
    messages.success(request, _("The goods are at the point now."), "ok")
    return redirect("aid_points:point", point_id)


def _carry_form(request: StaffRequest, row: Any, data: Any = None) -> CarryForm:
    area = row.batch.kecamatan_code
    mine = [code for code in own_warehouses(request.actor) if inside(code, area)]
    called = names(mine)
    return CarryForm(data, warehouses=[(code, called.get(code, code)) for code in mine])


@staff_page(P.BATCH_PREPARE, "POST")
def change(request: StaffRequest, point_id: int, change: str) -> HttpResponse:
    """Call more people to a point, take it away, or close it."""
    row = queries.point_for(request.actor, point_id, P.BATCH_PREPARE)
    try:
        words = _CHANGES[change](request, row)
    except Refused as refusal:
        return _point(request, point_id, problem=str(refusal.message), status=409)
    messages.success(request, words, "ok")
    if change == "discard":
        return redirect("aid_points:points", row.batch_id)
    return redirect("aid_points:point", point_id)


def _fill(request: StaffRequest, row: Any) -> str:
    done = actions.fill_point(point=row, by=request.actor, at=now())
    return _("Called: %(count)s.") % {"count": whole(done)}


def _discard(request: StaffRequest, row: Any) -> str:
    freed = actions.discard_point(point=row, by=request.actor, at=now())
    return _("The point is gone. To be called elsewhere: %(count)s.") % {
        "count": whole(freed)
    }


def _close(request: StaffRequest, row: Any) -> str:
    form = CloseForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {}
    left = actions.close_point(
        point=row,
        back=told.get("back"),
        reason=told.get("reason", ""),
        by=request.actor,
        at=now(),
    )
    words = " ".join(present.amount(amount, item) for item, amount in left.items())
    if not words:
        return _("The point is closed. Everything was handed over.")
    return _("The point is closed. Back in the warehouse must be: %(left)s.") % {
        "left": words
    }


_CHANGES = {"fill": _fill, "discard": _discard, "close": _close}


def _point(
    request: StaffRequest,
    point_id: int,
    *,
    problem: str = "",
    carry_form: CarryForm | None = None,
    permission: P = P.HANDOVER_RECORD,
    status: int = 200,
) -> HttpResponse:
    row = queries.point_for(request.actor, point_id, permission)
    dues = dues_for(request.actor, P.HANDOVER_RECORD)
    called = with_last_outcome(queries.called(row, dues))
    page = Paginator(called, PAGE_SIZE).get_page(request.GET.get("page"))
    people = [due.person for due in page]
    note_looks(request.actor, people, purpose="aid.point", permission=P.HANDOVER_RECORD)
    places = present.where({due.region_code for due in page})
    tally = queries.counts_of([row], dues)[row.pk]
    context = {
        "row": row,
        "programme": either(row.batch.programme.name, row.batch.programme.name_en),
        "tally": tally,
        "percent": tally.handed * 100 // tally.called if tally.called else 0,
        "seen_at": moment(now()),
        "page": page,
        "items": [_item(due, places) for due in page],
        "may_change": request.actor.may(P.BATCH_PREPARE) and row.closed_at is None,
        "running": row.closed_at is None and not problem and carry_form is None,
        "problem": problem,
        **_goods(request, row, carry_form),
    }
    return render(request, "aid_points/point.html", context, status=status)


def _goods(request: StaffRequest, row: Any, form: CarryForm | None) -> dict[str, Any]:
    """Return what of the goods was taken here, handed over, and came back."""
    found, item = queries.goods_at(row), row.batch.programme.commodity
    keeps = request.actor.may(P.STOCK_MOVE) and item != MONEY
    if form is None and keeps and row.closed_at is None:
        form = _carry_form(request, row)
    return {
        "goods": [
            (_("Taken to the point"), present.amount(found.taken, item)),
            (_("Handed over"), present.amount(found.given, item)),
            (_("Left at the point"), present.amount(found.left, item))
            if row.returned is None
            else (_("Back in the warehouse"), present.amount(row.returned, item)),
        ]
        if found
        else [],
        "warehouse": names([row.warehouse]).get(row.warehouse, ""),
        "missing": present.amount(row.missing, item) if row.missing else "",
        "carry_form": form,
        "close_form": CloseForm() if found else None,
    }


def _item(due: Any, places: dict[str, str]) -> dict[str, Any]:
    outcome = due.last_outcome
    return {
        "pk": due.pk,
        "name": due.person.name,
        "place": places[due.region_code],
        "tag": present.outcome_tag(outcome) if outcome else None,
    }
