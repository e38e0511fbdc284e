"""The own certificate: ask, choose a passphrase, revoke; and confirm a colleague's."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now, today
from smartkampung.kernel.errors import Refused
from smartkampung.letters.signing.actions.certificates import (
    OFFICE_OVER,
    answer_request,
    ask_for_certificate,
    make_certificate,
    revoke_certificate,
    take_back_request,
)
from smartkampung.letters.signing.adapters import remote_is_set_up
from smartkampung.letters.signing.queries.certificates import (
    NOTICE,
    certificate_of,
    last_revoked_of,
    open_request_of,
)
from smartkampung.letters.signing.queries.offices import (
    certificate_for,
    certificates_for,
    request_for,
    signing_offices,
    to_answer,
)
from smartkampung.letters.signing.rules.levels import PortName
from smartkampung.regions.queries import names
from smartkampung.web.letters_keys.forms import AskForm, MakeForm, RevokeForm
from smartkampung.web.pages import OwnStaffRequest, StaffRequest, own_page, staff_page

CONFIRM = Permission.OFFICE_HAND_OVER
ON_A_PAGE = 50
SYSTEM = "system"
WHY = {OFFICE_OVER: _l("the office that it names ended, or the account was closed")}


@own_page()
def own(request: OwnStaffRequest) -> HttpResponse:
    """Show the own certificate and what can be done next."""
    return _own(request)


@own_page("POST")
def ask(request: OwnStaffRequest) -> HttpResponse:
    """Ask for a certificate in an office that one holds."""
    offices = signing_offices(request.actor)
    form = AskForm(offices, request.POST, remote=remote_is_set_up())
    if not form.is_valid():
        return _own(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = form.chosen
    try:
        ask_for_certificate(
            staff=request.user,
            title=chosen.title,
            region_code=chosen.region_code,
            office=chosen.place,
            port=form.port,
            nik=form.cleaned_data.get("nik", ""),
            nip=form.cleaned_data["nip"],
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _own(request, form, HTTPStatus.CONFLICT)
    messages.success(request, _("You asked. Somebody above you confirms it."), "ok")
    return redirect("letters_keys:own")


@own_page("POST")
def take_back(request: OwnStaffRequest) -> HttpResponse:
    """Take back what one asked for, to ask anew."""
    try:
        take_back_request(staff=request.user, by=request.user.username, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("Taken back. You can ask anew."), "ok")
    return redirect("letters_keys:own")


@own_page("POST")
def make(request: OwnStaffRequest) -> HttpResponse:
    """Make key and certificate, locked by a passphrase."""
    asked = open_request_of(request.user.pk, on=today())
    if asked is None:
        raise Http404
    elsewhere = asked.port == PortName.BSRE  # its passphrase is none of our business
    form = MakeForm(request.POST, remote=elsewhere)
    if not form.is_valid():
        return _own(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        make_certificate(
            request=asked,
            passphrase=form.cleaned_data.get("passphrase", ""),
            by=request.user.username,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None if elsewhere else "passphrase", str(refusal.message))
        return _own(request, form, HTTPStatus.CONFLICT)
    messages.success(request, _("Your certificate is ready: you can sign."), "ok")
    return redirect("letters_keys:own")


@staff_page(Permission.LETTER_KEY)
def ends(request: StaffRequest, certificate_id: int) -> HttpResponse:
    """Lead from the list of work to the own certificate; it is nobody else's work."""
    return redirect("letters_keys:own")


@own_page("POST")
def revoke(request: OwnStaffRequest) -> HttpResponse:
    """End the own certificate."""
    found = certificate_of(request.user.pk)
    if found is None:
        raise Http404
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _own(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    mine = revoke_certificate(
        certificate=found,
        reason=form.cleaned_data["reason"],
        by=request.user.username,
        at=now(),
    )
    words = (
        _("The certificate is revoked. Letters signed before stay good.")
        if mine
        else _("Somebody else revoked your certificate a moment before.")
    )
    messages.success(request, words, "ok")
    return redirect("letters_keys:own")


@staff_page(CONFIRM)
def waiting(request: StaffRequest) -> HttpResponse:
    """List who asks for a certificate in one's area, and who has one."""
    rows = to_answer(request.actor, on=today())[:100]
    held = Paginator(certificates_for(request.actor), ON_A_PAGE)
    page: Any = held.get_page(request.GET.get("page"))
    places = names([one.region_code for one in (*rows, *page)])
    asked = [
        {"row": row, "place": places.get(row.region_code, row.office)} for row in rows
    ]
    context = {
        "asked": asked,
        "held": [
            {"row": row, "place": places.get(row.region_code, row.office)}
            for row in page
        ],
        "page": page,
    }
    return render(request, "letters_keys/waiting.html", context)


@staff_page(CONFIRM, "POST")
def answer(request: StaffRequest, request_id: int) -> HttpResponse:
    """Say whether a colleague holds the office."""
    row = request_for(request.actor, request_id)
    yes = request.POST.get("answer") == "yes"
    if not yes and request.POST.get("answer") != "no":
        messages.error(request, _("Choose: holds this office, or does not."), "late")
        return redirect("letters_keys:waiting")
    try:
        answer_request(request=row, yes=yes, by=request.actor.username, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
        return redirect("letters_keys:waiting")
    words = _("Confirmed: %(name)s.") if yes else _("Refused: %(name)s.")
    messages.success(request, words % {"name": row.holder}, "ok")
    return redirect("letters_keys:waiting")


@staff_page(CONFIRM, "GET", "POST")
def end(request: StaffRequest, certificate_id: int) -> HttpResponse:
    """End the certificate of a colleague who left, or whose passphrase is known."""
    row = certificate_for(request.actor, certificate_id)
    form = RevokeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"row": row, "form": form, "serial": row.serial[-8:]}
        return render(request, "letters_keys/end.html", context, status=status)
    mine = revoke_certificate(
        certificate=row,
        reason=form.cleaned_data["reason"],
        by=request.actor.username,
        at=now(),
    )
    words = (
        _("The certificate of %(name)s is revoked.")
        if mine
        else _("Somebody else revoked the certificate of %(name)s a moment before.")
    )
    messages.success(request, words % {"name": row.holder}, "ok")
    return redirect("letters_keys:waiting")


def _own(
    request: OwnStaffRequest, form: Form | None = None, status: int = 200
) -> HttpResponse:
    at = now()
    found = certificate_of(request.user.pk)
    asked = open_request_of(request.user.pk, on=day(at))
    context: dict[str, Any] = {
        "certificate": found,
        "ended": None if found else _ended(request.user.pk),
        "state": _state(found, at),
        "asked": asked,
        "serial": found.serial[-8:] if found else "",
        "demo": settings.DEMO,
    }
    context |= _forms(request, form)
    return render(request, "letters_keys/own.html", context, status=status)


def _forms(request: OwnStaffRequest, form: Form | None) -> dict[str, Form]:
    """Return the forms of the page, the one that was sent with its faults."""
    offices = signing_offices(request.actor)
    alone = [f"{one.title}|{one.region_code}" for one in offices]
    held = certificate_of(request.user.pk)
    start = {
        "office": alone[0] if len(alone) == 1 else "",
        "nip": held.request.nip if held else "",
    }
    return {
        "ask_form": form
        if isinstance(form, AskForm)
        else AskForm(offices, initial=start, remote=remote_is_set_up()),
        "make_form": form if isinstance(form, MakeForm) else MakeForm(remote=False),
        "revoke_form": form if isinstance(form, RevokeForm) else RevokeForm(),
    }


def _ended(staff_id: int) -> dict[str, Any] | None:
    """Return who took the last certificate back, when and why."""
    row = last_revoked_of(staff_id)
    if row is None:
        return None
    why = WHY.get(row.revoke_reason, row.revoke_reason)
    by = "" if row.revoked_by == SYSTEM else row.revoked_by
    return {"at": row.revoked_at, "by": by, "why": why}


def _state(found: Any, at: datetime) -> str:
    if found is None:
        return "none"
    if found.locked_at:
        return "locked"
    if found.valid_until <= at:
        return "expired"
    return "soon" if found.valid_until - at <= NOTICE else "good"
