"""Batches: bring approved aid to one place on one day."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions import batch as actions
from smartkampung.aid.actions.replan import discard_batch, move_batch
from smartkampung.aid.queries import handover as queries
from smartkampung.aid.queries.programmes import open_programmes, programme
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.regions.queries import kecamatan_of, names
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.forms import BatchForm, PlanForm
from smartkampung.web.aid_staff.words import BATCH_STATES
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

PAGE_SIZE = 50
P = Permission


@staff_page(P.HANDOVER_RECORD)
def batches(request: StaffRequest) -> HttpResponse:
    """List batches, the newest first."""
    rows = queries.batches_for(request.actor, P.HANDOVER_RECORD)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    places = names({row.kecamatan_code for row in page})
    counted = queries.counts_of(page, request.actor)
    items = [
        {
            "row": row,
            "kecamatan": places.get(row.kecamatan_code, ""),
            "tag": _tag(row.state),
            "progress": counted[row.pk],
        }
        for row in page
    ]
    may_prepare = request.actor.may(P.BATCH_PREPARE)
    return render(
        request,
        "aid_staff/batches.html",
        {"items": items, "page": page, "may_prepare": may_prepare},
    )


@staff_page(P.BATCH_PREPARE, "GET", "POST")
def new_batch(request: StaffRequest) -> HttpResponse:
    """Begin a batch."""
    form = _form(request)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(
            request, "aid_staff/batch_new.html", {"form": form}, status=status
        )
    data = form.cleaned_data
    chosen = programme(data["programme"])
    try:
        if chosen is None:
            raise actions.BatchRefused(_("Choose a programme."))
        row = actions.prepare_batch(
            programme=chosen,
            kecamatan_code=data["kecamatan"],
            stage=data["stage"],
            hand_over_on=data["hand_over_on"],
            place=data["place"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return render(request, "aid_staff/batch_new.html", {"form": form}, status=409)
    return redirect("aid_staff:batch", row.pk)


def _form(request: StaffRequest) -> BatchForm:
    kecamatan = [
        (row.code, row.name)
        for region in request.actor.regions_where(P.BATCH_PREPARE)
        for row in kecamatan_of(region)
    ]
    programmes = [
        (row.code, either(row.name, row.name_en)) for row in open_programmes(today())
    ]
    data = request.POST if request.method == "POST" else None
    named = {name: request.GET.get(name, "") for name in ("programme", "kecamatan")}
    return BatchForm(data, initial=named, programmes=programmes, kecamatan=kecamatan)


@staff_page(P.HANDOVER_RECORD)
def batch(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Show a batch: its count, its recipients and what may be added."""
    return _page(request, batch_id)


@staff_page(P.BATCH_PREPARE, "POST")
def change_batch(request: StaffRequest, batch_id: int, change: str) -> HttpResponse:
    """Add approved aid or take some out, announce the batch, or close it."""
    row = queries.batch_for(request.actor, batch_id, P.BATCH_PREPARE)
    try:
        words = _CHANGES[change](request, row)
    except Refused as refusal:
        return _page(request, batch_id, problem=str(refusal.message), status=409)
    messages.success(request, words, "ok")
    if change == "discard":
        return redirect("aid_staff:batches")
    return redirect("aid_staff:batch", batch_id)


def _add(request: StaffRequest, row: Any) -> str:
    chosen = _chosen(request)
    done = actions.add_dues(batch=row, due_ids=chosen, by=request.actor, at=now())
    return _("Added: %(count)s.") % {"count": done}


def _remove(request: StaffRequest, row: Any) -> str:
    chosen = _chosen(request)
    done = actions.remove_dues(batch=row, due_ids=chosen, by=request.actor, at=now())
    return _("Taken out: %(count)s.") % {"count": done}


def _chosen(request: StaffRequest) -> list[int]:
    chosen = [pk for key in request.POST.getlist("due") if (pk := row_id(key))]
    if not chosen:
        raise actions.BatchRefused(_("Choose at least one recipient."))
    return chosen


def _ready(request: StaffRequest, row: Any) -> str:
    actions.mark_ready(batch=row, by=request.actor, at=now())
    return _("The batch is ready. Recipients are told the day and the place.")


def _close(request: StaffRequest, row: Any) -> str:
    missed = actions.close_batch(batch=row, by=request.actor, at=now())
    return _("Closed. Not reached: %(count)s.") % {"count": missed}


def _move(request: StaffRequest, row: Any) -> str:
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise actions.BatchRefused(
            " ".join(
                f"{form[name].label}: {' '.join(map(str, errors))}"
                for name, errors in form.errors.items()
            )
        )
    move_batch(batch=row, **form.cleaned_data, by=request.actor, at=now())
    return _("Day and place are changed. Who was told before is told anew.")


def _discard(request: StaffRequest, row: Any) -> str:
    discard_batch(batch=row, by=request.actor, at=now())
    return _("The empty batch is deleted.")


_CHANGES = {
    "add": _add,
    "remove": _remove,
    "ready": _ready,
    "move": _move,
    "discard": _discard,
    "close": _close,
}


def _page(
    request: StaffRequest, batch_id: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    row = queries.batch_for(actor, batch_id, P.HANDOVER_RECORD)
    dues = queries.dues_for(actor, P.HANDOVER_RECORD)
    page = Paginator(
        queries.with_last_outcome(dues.filter(batch=row)).order_by("region_code", "pk"),
        PAGE_SIZE,
    ).get_page(request.GET.get("page"))
    may_prepare = actor.may(P.BATCH_PREPARE)
    fill = may_prepare and row.state == "draft"
    waiting = Paginator(
        queries.fitting(actor, row) if fill else dues.none(), PAGE_SIZE
    ).get_page(request.GET.get("waiting"))
    people = [due.person for due in [*page, *waiting]]
    note_looks(actor, people, purpose="aid.batch", permission=P.HANDOVER_RECORD)
    places = present.where({due.region_code for due in [*page, *waiting]})
    return render(
        request,
        "aid_staff/batch.html",
        {
            "batch": row,
            "programme": either(row.programme.name, row.programme.name_en),
            "kecamatan": names([row.kecamatan_code]).get(row.kecamatan_code, ""),
            "tag": _tag(row.state),
            "progress": queries.progress_of(row, dues),
            "page": page,
            "items": [_item(due, places) for due in page],
            "waiting_page": waiting,
            "waiting": [_item(due, places) for due in waiting],
            "may_prepare": may_prepare,
            "fill": fill,
            "plan": PlanForm(
                initial={"hand_over_on": row.hand_over_on, "place": row.place}
            ),
            "problem": problem,
        },
        status=status,
    )


def _item(due: Any, places: dict[str, str]) -> dict[str, Any]:
    outcome = getattr(due, "last_outcome", None)
    return {
        "pk": due.pk,
        "name": due.person.name,
        "place": places[due.region_code],
        "amount": present.amount(due.amount, due.programme.commodity),
        "tag": present.outcome_tag(outcome) if outcome else None,
        "returned": due.cancelled,
    }


def _tag(state: str) -> dict[str, Any]:
    text, colour = BATCH_STATES[state]
    return {"text": text, "state": colour}
