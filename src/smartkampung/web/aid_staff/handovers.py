"""The counter: one recipient, a receipt code, and what happened."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.handover import (
    HandoverIncomplete,
    record_handover,
    send_receipt_code,
)
from smartkampung.aid.actions.returning import return_entitlement
from smartkampung.aid.proxies.queries import standing_for
from smartkampung.aid.queries.handover import (
    FINAL_VALUES,
    absences_of,
    due_for,
    dues_for,
    lights_of,
    progress_of,
    reasons_not_to_hand_over,
)
from smartkampung.aid.rules.handover import needs_witness
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_cards.showing import card_shown_for
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.forms import HandoverForm, ReturnForm
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.aid_staff.words import FAULTS
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
RETURNED = gettext_lazy("The aid is back in the budget.")
ASKED = gettext_lazy("A second person is asked to agree that this aid goes back.")


@staff_page(P.HANDOVER_RECORD, "GET", "POST")
def hand_over(request: StaffRequest, due_id: int) -> HttpResponse:
    """Show the recipient and the form, or write down what happened."""
    due = _due(request, due_id)
    if request.method != "POST":
        return _page(request, due, _form(due))
    form = _form(due, request.POST, request.FILES)
    problem = _write(request, due, form)
    if problem:
        return _page(request, due, form, status=problem)
    messages.success(request, _("The hand-over is noted."), "ok")
    if due.batch_id:
        return redirect("aid_staff:batch", due.batch_id)
    return redirect("staff_home")


def _form(due: Any, *data: Any) -> HandoverForm:
    return HandoverForm(*data, proxy=standing_for(due.person_id, on=today()))


def _write(request: StaffRequest, due: Any, form: HandoverForm) -> int:
    """Write down a hand-over; return 0, or the status of what is wrong."""
    photos = photos_of(form, "signature", "photo", region_code=due.region_code)
    if form.errors:
        return 422
    try:
        record_handover(
            due=due,
            by=request.actor,
            at=now(),
            signature_id=photos["signature"],
            photo_id=photos["photo"],
            card_id=card_shown_for(request, due.person_id),
            **form.cleaned_data,
        )
    except HandoverIncomplete as refusal:
        for fault in refusal.faults:
            form.add_error(*_field_and_words(fault))
        return 422
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


def _field_and_words(fault: Any) -> tuple[str, str]:
    field, words = FAULTS[fault]
    return field, str(words)


@staff_page(P.HANDOVER_RECORD, "POST")
def send_code(request: StaffRequest, due_id: int) -> HttpResponse:
    """Send a receipt code to the recorded phone."""
    due = _due(request, due_id)
    try:
        send_receipt_code(due=due, by=request.actor, at=now())
    except Refused as refusal:
        form = _form(due)
        return _page(request, due, form, problem=str(refusal.message), status=409)
    messages.success(
        request, _("A code was sent to the phone recorded for the family."), "ok"
    )
    return redirect("aid_staff:hand_over", due_id)


@staff_page(P.HANDOVER_RECORD, "POST")
def give_back(request: StaffRequest, due_id: int) -> HttpResponse:
    """Ask that aid goes back to the budget, or agree that it does."""
    due = _due(request, due_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, due, _form(due), giving_back=form, status=422)
    try:
        gone = return_entitlement(
            due=due, by=request.actor, at=now(), **form.cleaned_data
        )
    except Refused as refusal:
        problem = str(refusal.message)
        return _page(request, due, _form(due), problem=problem, status=409)
    messages.success(request, str(RETURNED if gone else ASKED), "ok")
    if due.claim_id:
        return redirect("aid_staff:claim", due.claim_id)
    return redirect("aid_staff:hand_over", due.pk)


@staff_page(P.BATCH_PREPARE)
def due(request: StaffRequest, due_id: int) -> HttpResponse:
    """Lead from work "put into a batch" to the batches, or the claim once it is in."""
    row = due_for(request.actor, due_id, P.BATCH_PREPARE)
    if row.batch and row.batch.state == "draft":
        return redirect("aid_staff:batch", row.batch_id)
    return redirect("aid_staff:batches")


def _due(request: StaffRequest, due_id: int) -> Any:
    row = due_for(request.actor, due_id, P.HANDOVER_RECORD)
    note_looks(
        request.actor,
        [row.person],
        purpose="aid.hand_over",
        permission=P.HANDOVER_RECORD,
    )
    return row


def _page(
    request: StaffRequest,
    due: Any,
    form: HandoverForm,
    *,
    problem: str = "",
    giving_back: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    dues = dues_for(request.actor, P.HANDOVER_RECORD)
    against = reasons_not_to_hand_over(due, on=today())
    return render(
        request,
        "aid_staff/hand_over.html",
        {
            "due": due,
            "person": due.person,
            "programme": either(due.programme.name, due.programme.name_en),
            "amount": present.amount(due.amount, due.programme.commodity),
            "place": present.where([due.region_code])[due.region_code],
            "against": present.reasons(reason.value for reason in against),
            "lights": present.red_lights(lights_of(due, on=today())),
            "earlier": [
                (row, present.outcome_tag(row.outcome))
                for row in due.handovers.order_by("recorded_at")
            ],
            "alone": needs_witness(absences_of(due)),
            "mine": due.return_asked_by_id == request.actor.staff_id,
            "recorded": due.handovers.filter(outcome__in=FINAL_VALUES).exists(),
            "progress": progress_of(due.batch, dues) if due.batch else None,
            "form": form,
            "giving_back": giving_back or ReturnForm(),
            "problem": problem,
            "card_shown": card_shown_for(request, due.person_id) is not None,
        },
        status=status,
    )
