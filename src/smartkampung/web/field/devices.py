"""The phones of the field app: enrolling one, and ending one's own or somebody's."""

import json
import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actions.devices import (
    enrol_device,
    revoke_device,
    revoke_for,
)
from smartkampung.accounts.queries.administration import account_for
from smartkampung.accounts.queries.devices import devices_of, own_device
from smartkampung.accounts.queries.tokens import offices_of
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.queries.records import own_records
from smartkampung.frontline.field.queries.showing import title_of
from smartkampung.frontline.field.words import STATES
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.pages import OwnStaffRequest, StaffRequest, own_page, staff_page

LONGEST_NAME = 80
SHOWN = 20


@own_page("GET", "HEAD", "POST")
def devices(request: OwnStaffRequest) -> HttpResponse:
    """List my phones, or enrol this one (JSON in, JSON out)."""
    if request.method == "POST":
        return _enrol(request)
    context = {
        "devices": devices_of(request.user, at=now()),
        "sent": [
            (row, title_of(row), STATES[row.state])
            for row in own_records(request.user.pk, most=SHOWN)
        ],
        "may_enrol": request.actor.may(Permission.FIELD_APP),
    }
    return render(request, "field/devices.html", context)


def _enrol(request: OwnStaffRequest) -> HttpResponse:
    if not request.actor.may(Permission.FIELD_APP):
        return _problem(409, "no_field_work", _("Your office does no field work."))
    try:
        name = json.loads(request.body)["name"].strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        name = ""
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        words = _("Give the phone a name of at most 80 letters.")
        return _problem(422, "invalid", words, field="name")
    at, staff = now(), request.user
    try:
        made = enrol_device(staff=staff, name=name, by=staff.username, at=at)
    except Refused as refusal:
        return _problem(409, refusal.code, str(refusal.message))
    offices = [
        f"{office.role}, {office.place}" for office in offices_of(staff, on=today())
    ]
    return JsonResponse(
        {
            "device": str(made.device.pk),
            "token": made.token,
            "staff": {"id": staff.pk, "name": staff.full_name, "offices": offices},
            "expires_at": made.device.expires_at.isoformat(),
        },
        status=201,
    )


def _problem(status: int, code: str, words: str, *, field: str = "") -> HttpResponse:
    errors = [{"field": field, "message": words}] if field else []
    content = {"status": status, "code": code, "detail": words, "errors": errors}
    return JsonResponse(content, status=status, content_type="application/problem+json")


@own_page("GET", "HEAD", "POST")
def revoke(request: OwnStaffRequest, device_id: uuid.UUID) -> HttpResponse:
    """End one of my phones, once it was named and asked about."""
    device = own_device(request.user, device_id)
    if request.method != "POST":
        return render(request, "field/sign_off.html", {"device": device})
    revoke_device(device=device, by=request.user.username, at=now())
    messages.success(request, _("The phone is signed off."), "ok")
    return redirect("field:devices")


@staff_page(Permission.STAFF_MANAGE, "POST")
def revoke_theirs(request: StaffRequest, pk: int, device_id: uuid.UUID) -> HttpResponse:
    """End the phone of somebody whom the administrator looks after."""
    staff = account_for(request.actor, pk)
    device = own_device(staff, device_id)
    try:
        revoke_for(device=device, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The phone is signed off."), "ok")
    return redirect("account", staff.pk)
