"""Complaints about places, for those who inspect."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.places.actions.complaining import (
    ANSWER_WITHIN,
    answer_complaint,
)
from smartkampung.reopening.places.queries import register
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.protocols import present
from smartkampung.web.protocols.forms import words

PAGE_SIZE = 25


class AnswerForm(forms.Form):
    """What the writer reads, and whether somebody goes to look."""

    answer = words(
        gettext_lazy("Answer"),
        600,
        rows=4,
        help_text=gettext_lazy("The writer reads it with their code. No names."),
        error_messages={"required": gettext_lazy("Write an answer.")},
    )
    inspects = forms.BooleanField(
        label=gettext_lazy("Inspect the place again within 3 days"), required=False
    )


@staff_page(P.PLACE_INSPECT)
def complaints(request: StaffRequest) -> HttpResponse:
    """List complaints, those without an answer first."""
    rows = register.complaints_for(request.actor, P.PLACE_INSPECT)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    items = [
        {
            "row": row,
            "where": present.area(row.place.region_code),
            "due_at": row.at + ANSWER_WITHIN,
            "late": row.answered_at is None and row.at + ANSWER_WITHIN < now(),
        }
        for row in page
    ]
    return render(request, "protocols/complaints.html", {"items": items, "page": page})


@staff_page(P.PLACE_INSPECT, "GET", "HEAD", "POST")
def complaint(request: StaffRequest, complaint_id: int) -> HttpResponse:
    """Show one complaint, and answer it."""
    row = register.complaint_for(request.actor, complaint_id, P.PLACE_INSPECT)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_complaint(
                    complaint=row, by=request.actor, at=now(), **form.cleaned_data
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("The answer is sent."), "ok")
                return redirect("protocols_staff:complaint", complaint_id)
    context: dict[str, Any] = {
        "row": row,
        "place": row.place,
        "where": present.area(row.place.region_code),
        "form": form if row.answered_at is None or status == 409 else None,
    }
    return render(request, "protocols/staff_complaint.html", context, status=status)
