"""Objections: written down for a person, and answered by somebody else."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.objection import answer_objection, file_objection
from smartkampung.aid.queries.case_file import open_case_file
from smartkampung.aid.queries.objections import objection_for
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.forms import AnswerForm, ObjectionForm
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


@staff_page(P.OBJECTION_ANSWER, "GET", "POST")
def objection(request: StaffRequest, objection_id: int) -> HttpResponse:
    """Show an objection with the refusal it is about, or answer it."""
    row = objection_for(request.actor, objection_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, row, form, status)
    try:
        answer_objection(
            objection=row,
            upheld=form.cleaned_data["upheld"] == "yes",
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, 409)
    messages.success(request, _("The objection is answered."), "ok")
    return redirect("aid_staff:claim", row.claim_id)


def _page(
    request: StaffRequest, row: Any, form: AnswerForm, status: int
) -> HttpResponse:
    file = open_case_file(
        request.actor, row.claim_id, on=today(), permission=P.OBJECTION_ANSWER
    )
    return render(
        request,
        "aid_staff/objection.html",
        {
            "objection": row,
            "file": file,
            "claim": file.claim,
            "person": file.claim.person,
            "reasons": present.reasons(row.decision.reasons),
            "lights": present.red_lights(file.lights),
            "form": form,
        },
        status=status,
    )


@staff_page(P.REPORT_ASSIST, "GET", "POST")
def object_to(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Write down an objection for a person who comes to the office."""
    file = open_case_file(
        request.actor, claim_id, on=today(), permission=P.REPORT_ASSIST
    )
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                file_objection(
                    claim=file.claim,
                    text=form.cleaned_data["text"],
                    by=request.actor.username,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("The objection is noted."), "ok")
                return redirect("aid_staff:claim", claim_id)
    context = {"claim": file.claim, "person": file.claim.person, "form": form}
    return render(request, "aid_staff/object.html", context, status=status)
