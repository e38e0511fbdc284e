"""An officer reports for somebody at the desk: one page, exempt from phase and quota."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.rules.report import Channel, Reason, Told
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import places, rts_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.report.fields import (
    BirthDateField,
    kk_field,
    nik_field,
    phone_field,
)
from smartkampung.web.report.forms import PhotoForm, ReasonForm, rt_name

VILLAGE_DEPTH = 4


class AssistForm(forms.Form):
    """The whole report on one page, for the places where the officer may assist."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    nik = nik_field(label=gettext_lazy("NIK"))
    kk = kk_field(label=gettext_lazy("Family card number (No. KK)"))
    born_on = BirthDateField(label=gettext_lazy("Birth date"))
    phone = phone_field(
        label=gettext_lazy("Mobile number"),
        required=False,
        help_text=gettext_lazy("The tracking code and news go there by SMS."),
    )
    region_code = forms.ChoiceField(
        label=gettext_lazy("Where the person lives"),
        error_messages={
            "required": gettext_lazy("Choose a place from the list."),
            "invalid_choice": gettext_lazy("Choose a place from the list."),
        },
    )
    reason = ReasonForm.base_fields["reason"]
    story = ReasonForm.base_fields["story"]
    photo = PhotoForm.base_fields["photo"]

    def __init__(
        self, data: Any = None, files: Any = None, *, actor: Actor, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        field = self.fields["region_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *places_of(actor)]


def places_of(actor: Actor) -> list[tuple[str, Any]]:
    """Return the RTs where the actor may assist, by village, and the villages."""
    return places_under(actor, Permission.REPORT_ASSIST)


def places_under(actor: Actor, permission: Permission) -> list[tuple[str, Any]]:
    """Return the RTs where a permission holds, by village, and the villages."""
    regions = actor.regions_where(permission)
    codes = [rt.code for region in regions for rt in rts_of(region)]
    villages = {
        ".".join(code.split(".")[:VILLAGE_DEPTH]) for code in (*codes, *regions)
    }
    named = places(villages)
    inside = [code for code in regions if code.count(".") < VILLAGE_DEPTH]
    groups: list[tuple[str, Any]] = []
    for village in sorted(villages, key=lambda code: named[code].village):
        options = [(c, rt_name(c)) for c in codes if c.startswith(village + ".")]
        if any(village == code or village.startswith(code + ".") for code in inside):
            options.append((village, _("RT not known")))
        groups.append((named[village].village, options))
    return groups


@never_cache
@staff_page(Permission.REPORT_ASSIST, "GET", "HEAD", "POST")
def assist(request: StaffRequest) -> HttpResponse:
    """Take a report for somebody at the desk, and go to the slip to print."""
    actor = request.actor
    if request.method != "POST":
        form = AssistForm(actor=actor, initial={"form_id": uuid.uuid4()})
        return _page(request, form)
    form = AssistForm(request.POST, request.FILES, actor=actor)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        receipt = send_report(
            told=_told(form), channel=Channel.ASSISTED, by=actor.username, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, form, status=409)
    return redirect("tracking:slip", receipt.code)


def _told(form: AssistForm) -> Told:
    clean = dict(form.cleaned_data)
    file = clean.pop("photo")
    form_id = clean["form_id"]
    if file is not None:
        # Named after the form: sending twice keeps one photo and one report.
        clean["photo_id"] = keep_photo(
            file=file,
            region_code=clean["region_code"],
            at=now(),
            form_id=form_id,
        ).id
    return Told(for_self=True, **{**clean, "reason": Reason(clean["reason"])})


def _page(request: StaffRequest, form: AssistForm, status: int = 200) -> HttpResponse:
    return render(request, "report/assist.html", {"form": form}, status=status)
