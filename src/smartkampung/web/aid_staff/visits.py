"""The field check: a form for the doorstep, on a phone, without JavaScript."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.check import record_check
from smartkampung.aid.queries.case_file import CaseFile, open_case_file
from smartkampung.aid.queries.programmes import open_programmes, questions
from smartkampung.aid.rules.claims import bars_to_check
from smartkampung.aid.words import BARS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.forms import VisitForm
from smartkampung.web.aid_staff.identity import identity
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.FIELD_CHECK, "GET", "POST")
def visit(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Show the form, or write down a visit."""
    file = open_case_file(
        request.actor, claim_id, on=today(), permission=Permission.FIELD_CHECK
    )
    if request.method != "POST":
        return _page(request, file, _form())
    form = _form(request.POST, request.FILES)
    photos = photos_of(form, "photo", region_code=file.claim.region_code)
    if form.errors:
        return _page(request, file, form, status=422)
    try:
        row = record_check(
            claim=file.claim,
            answers=form.answers,
            photo_id=photos["photo"],
            by=request.actor,
            at=now(),
            **{name: form.cleaned_data[name] for name in _TAKEN},
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, file, form, status=409)
    messages.success(request, _thanks(row.kin_declared or row.kin_found), "ok")
    return redirect("aid_staff:claim", claim_id)


_TAKEN = ("form_id", "recommends", "programme", "kin_declared", "notes")


def _thanks(kin: bool) -> str:
    if kin:
        return _(
            "The visit is noted. Because you are related, somebody else visits too."
        )
    return _("The visit is noted. The kecamatan decides next.")


def _form(*data: Any) -> VisitForm:
    programmes = [
        (row.code, either(row.name, row.name_en)) for row in open_programmes(today())
    ]
    return VisitForm(*data, questions=questions(), programmes=programmes)


def _page(
    request: StaffRequest, file: CaseFile, form: VisitForm, status: int = 200
) -> HttpResponse:
    bars = bars_to_check(file.claim.state)
    region = file.claim.region_code
    # At the doorstep only what refuses aid; what to weigh is for the decision.
    blocks = [light for light in file.lights if light.blocks]
    return render(
        request,
        "aid_staff/visit.html",
        {
            "claim": file.claim,
            "person": file.claim.person,
            "place": present.where([region])[region],
            "findings": present.findings(file),
            "identity": identity(file),
            "lights": present.red_lights(blocks),
            "bars": [BARS[bar] for bar in bars],
            "form": form,
        },
        status=status,
    )
