"""Every batch of payments, one batch, and a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.batches import make_batch
from smartkampung.aid.payments.bulk import barred
from smartkampung.aid.payments.queries import batches as queries
from smartkampung.aid.payments.rules.steps import (
    Channel,
    bars_to_approve,
    bars_to_send,
)
from smartkampung.aid.payments.rules.work import AT_ONCE
from smartkampung.aid.payments.words import BARS, reason
from smartkampung.aid.queries.programmes import programme, programme_names
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.regions.queries import names
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_payments.forms import AnswerForm, BatchForm, RecallAnswerForm
from smartkampung.web.aid_payments.words import (
    BATCHES,
    CHANNELS,
    PAYMENTS,
    WORKS,
    tag,
)
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

SHOWN = 100


@staff_page(P.PAYMENT_VIEW)
def batches(request: StaffRequest) -> HttpResponse:
    """Show the batches of the actor's area, the latest first."""
    page = _page_of(request, queries.payment_batches_for(request.actor, P.PAYMENT_VIEW))
    places = names(row.region_code for row in page)
    context = {
        "items": [_head(row, places) for row in page],
        "page": page,
        "makes": request.actor.may(P.PAYMENT_PREPARE),
    }
    return render(request, "aid_payments/batches.html", context)


@staff_page(P.PAYMENT_PREPARE, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """Begin a batch."""
    data = request.POST if request.method == "POST" else None
    areas = request.actor.regions_where(P.PAYMENT_PREPARE)
    called = names(areas)
    form = BatchForm(
        data,
        programmes=programme_names(),
        areas=[(code, called.get(code, code)) for code in areas],
    )
    if not form.is_valid():
        status = 422 if data is not None else 200
        return render(request, "aid_payments/new.html", {"form": form}, status=status)
    told = form.cleaned_data
    told["programme"] = programme(told["programme"])
    told["channel"] = Channel(told["channel"])
    try:
        row = make_batch(**told, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return render(request, "aid_payments/new.html", {"form": form}, status=409)
    return redirect("aid_payments:batch", row.pk)


@staff_page(P.PAYMENT_VIEW)
def batch(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Show a batch: control totals, who is in it, and the next step."""
    return batch_page(request, batch_id, P.PAYMENT_VIEW)


def batch_page(
    request: StaffRequest,
    batch_id: int,
    permission: P,
    *,
    problem: str = "",
    form: AnswerForm | None = None,
    recall_form: RecallAnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a batch, with a problem on it if there is one."""
    actor = request.actor
    row = queries.payment_batch_for(actor, batch_id, permission)
    work = _work(request, row)
    running = work is not None and work["running"]
    # A page that renews itself shows nobody: each look at a person is written down.
    people_of = queries.payments_of(row)
    page = _page_of(request, people_of.none() if running else people_of)
    people = [each.entitlement.person for each in page]
    note_looks(actor, people, purpose="aid.payments", permission=permission)
    where = present.where([each.entitlement.region_code for each in page])
    out, every = _barred(row, page)
    context: dict[str, Any] = {
        **_head(row, names([row.region_code])),
        **_steps(request, row),
        "counted": [
            (tag(PAYMENTS, state), found.count, present.amount(found.total, "IDR"))
            for state, found in sorted(queries.by_state(row).items())
        ],
        "lines": [
            {
                "row": each,
                "tag": tag(PAYMENTS, each.state),
                "where": where[each.entitlement.region_code],
                "amount": present.amount(each.amount, "IDR"),
                "why": reason(each.reason or out.get(each.pk, ""))
                if each.reason or each.pk in out
                else "",
            }
            for each in page
        ],
        "barred": len(out) if every else 0,
        "work": work,
        "running": running,
        "page": page,
        "asked_back": row.payments.filter(recalls__result="").count(),
        "recall_form": recall_form or RecallAnswerForm(),
        "answers": row.answers.order_by("pk"),
        "form": form or AnswerForm(),
        "problem": problem,
    }
    return render(request, "aid_payments/batch.html", context, status=status)


def _barred(row: Any, page: Any) -> tuple[dict[int, str], bool]:
    """Return who is barred, and whether of the whole batch or of this page only."""
    if row.state not in ("draft", "approved"):
        return {}, True
    every = page.paginator.count <= AT_ONCE
    only = None if every else [each.pk for each in page]
    return barred(batch=row.pk, on=today(), only=only), every


def _work(request: StaffRequest, row: Any) -> dict[str, Any] | None:
    found = queries.last_work(row)
    if found is None or (found.state == "done"):
        return None
    running = found.state == "running"
    makes = request.actor.may_in(P.PAYMENT_PREPARE, row.region_code)
    return {
        "row": found,
        "kind": WORKS[found.kind],
        "running": running,
        "percent": 100 * found.done // found.total if found.total else 100,
        "stops": running and makes and found.kind == "fill",
    }


def _steps(request: StaffRequest, row: Any) -> dict[str, Any]:
    actor, facts = request.actor, queries.facts_of(row)
    draft = row.state == "draft" and not facts.working
    makes = actor.may_in(P.PAYMENT_PREPARE, row.region_code)
    approves = actor.may_in(P.PAYMENT_APPROVE, row.region_code)
    sends = actor.may_in(P.PAYMENT_SEND, row.region_code)
    bars = bars_to_approve(facts, by=actor.staff_id, seen=None, on=today())
    return {
        "totals": facts.totals,
        "total_words": present.amount(facts.totals.total, "IDR"),
        "waiting": queries.payable(row).count() if draft and makes else 0,
        "fills": draft and makes,
        "approves": row.state == "draft" and approves,
        "reopens": row.state == "approved" and approves,
        "approve_bars": [BARS[bar] for bar in bars],
        "sends": row.state == "approved" and sends,
        "send_bars": [BARS[bar] for bar in bars_to_send(facts, by=actor.staff_id)],
        "reads": row.state in ("sent", "reconciled") and sends,
    }


def _head(row: Any, places: dict[str, str]) -> dict[str, Any]:
    return {
        "batch": row,
        "programme": either(row.programme.name, row.programme.name_en),
        "place": places.get(row.region_code, row.region_code),
        "channel": CHANNELS[row.channel],
        "tag": tag(BATCHES, row.state),
        "sum": present.amount(row.total, "IDR"),
    }


def _page_of(request: StaffRequest, rows: Any) -> Any:
    wanted = row_id(request.GET.get("page", "1")) or 1
    return Paginator(rows, SHOWN).get_page(wanted)
