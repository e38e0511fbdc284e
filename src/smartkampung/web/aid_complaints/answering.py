"""Complaints, for those outside the village who answer or audit them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.complaints.actions import answer_complaint
from smartkampung.aid.complaints.queries import complaint_for, complaints_for
from smartkampung.aid.complaints.rules import Kind
from smartkampung.aid.complaints.words import KINDS
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_complaints.forms import ComplaintAnswerForm
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25


@staff_page(P.COMPLAINT_VIEW)
def complaints(request: StaffRequest) -> HttpResponse:
    """List complaints, those that wait first."""
    found = Paginator(complaints_for(request.actor, P.COMPLAINT_VIEW), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    rows = list(page)
    places = present.where({row.region_code for row in rows})
    items = [(row, places[row.region_code], KINDS[Kind(row.kind)]) for row in rows]
    context = {"page": page, "items": items, "now": now()}
    return render(request, "aid_complaints/complaints.html", context)


@staff_page(P.COMPLAINT_VIEW)
def complaint(request: StaffRequest, complaint_id: int) -> HttpResponse:
    """Show one complaint, with the form to answer it for who may."""
    row = complaint_for(request.actor, complaint_id, P.COMPLAINT_VIEW)
    return _page(request, row, ComplaintAnswerForm())


@staff_page(P.COMPLAINT_ANSWER, "POST")
def answer(request: StaffRequest, complaint_id: int) -> HttpResponse:
    """Answer a complaint."""
    row = complaint_for(request.actor, complaint_id, P.COMPLAINT_ANSWER)
    form = ComplaintAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        answer_complaint(
            complaint=row,
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("The complaint is answered."), "ok")
    return redirect("aid_complaints:complaint", row.pk)


def _page(
    request: StaffRequest, row: Any, form: ComplaintAnswerForm, *, status: int = 200
) -> HttpResponse:
    programme = row.programme
    context = {
        "row": row,
        "kind": KINDS[Kind(row.kind)],
        "place": present.where([row.region_code])[row.region_code],
        "programme": either(programme.name, programme.name_en) if programme else "",
        "may_answer": request.actor.may(P.COMPLAINT_ANSWER),
        "form": form,
    }
    return render(request, "aid_complaints/complaint.html", context, status=status)
