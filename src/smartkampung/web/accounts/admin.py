"""Accounts of staff, as their administrators see them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actions.assignments import grant_office, revoke_office
from smartkampung.accounts.actions.covers import end_cover_for
from smartkampung.accounts.actions.factors import ask_factor_reset, decide_factor_reset
from smartkampung.accounts.actions.staff import disable_staff, enable_staff
from smartkampung.accounts.queries.administration import (
    account_for,
    invitation_waits,
    office_for,
    office_rows,
    offices_on,
    open_reset,
    page_of_staff,
    reset_for,
    resets_for,
    wholly_inside,
)
from smartkampung.accounts.queries.covers import cover_for, covers_of_account
from smartkampung.accounts.queries.devices import devices_of
from smartkampung.accounts.roles import Permission, Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.accounts.adminforms import OfficeForm
from smartkampung.web.accounts.asking import Ask
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.pages import StaffRequest, staff_page

FORM = ("GET", "HEAD", "POST")


@staff_page(Permission.STAFF_MANAGE)
def accounts(request: StaffRequest) -> HttpResponse:
    """List the accounts of the area, found by name."""
    text = request.GET.get("q", "").strip()[:60]
    page = page_of_staff(request.actor, text=text, number=request.GET.get("page", ""))
    ids = [staff.pk for staff in page.object_list]
    offices = offices_on(request.actor, ids, on=today())
    lines = [
        {"staff": staff, "offices": offices.get(staff.pk, [])}
        for staff in page.object_list
    ]
    context = {
        "page": page,
        "lines": lines,
        "text": text,
        "query": f"?{urlencode({'q': text})}&",
        "resets": resets_for(request.actor),
    }
    return render(request, "accounts/list.html", context)


@staff_page(Permission.STAFF_MANAGE)
def account(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one account, its offices, and what may be done about it."""
    staff = account_for(request.actor, pk)
    reset = open_reset(staff)
    context = {
        "staff": staff,
        "offices": office_rows(request.actor, staff),
        "own": staff.pk == request.actor.staff_id,
        "whole": wholly_inside(request.actor, staff, on=today()),
        "invited": invitation_waits(staff, at=now()),
        "devices": devices_of(staff, at=now()),
        "covers": covers_of_account(staff, on=today()),
        "reset": reset,
        "asked_myself": reset is not None and reset.asked_by == request.actor.username,
    }
    return render(request, "accounts/account.html", context)


@staff_page(Permission.STAFF_MANAGE, *FORM)
@fresh
def add_office(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an account another office."""
    staff = account_for(request.actor, pk)
    form = OfficeForm(request.POST or None, actor=request.actor, today=today())
    if form.wants_search or not form.is_valid():
        return office_page(request, form, {"staff": staff})
    try:
        grant_office(
            staff=staff,
            role=Role(form.cleaned_data["role"]),
            place=form.cleaned_data["place"],
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            by=request.actor,
            on=today(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return office_page(request, form, {"staff": staff}, status=409)
    messages.success(request, _("The office is given."))
    return redirect("account", staff.pk)


@staff_page(Permission.STAFF_MANAGE, *FORM)
@fresh
def take_office(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an office back, with a reason."""
    office = office_for(request.actor, pk)
    ask = Ask(
        title=_("Take this office back?"),
        text=_("The rights that come with it end with the next click."),
        button=_("Take the office back"),
        back=office.staff_id,
    )
    return ask.answer(
        request,
        lambda reason: revoke_office(
            assignment=office, reason=reason, by=request.actor, at=now()
        ),
        _("The office is taken back."),
    )


@staff_page(Permission.STAFF_MANAGE, "POST")
@fresh
def stop_cover(request: StaffRequest, pk: int, cover_id: int) -> HttpResponse:
    """End an absence of somebody in the area before its last day."""
    staff = account_for(request.actor, pk)
    cover = cover_for(staff, cover_id)
    try:
        end_cover_for(cover=cover, staff=staff, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Nobody stands in any more; this holds at once."))
    return redirect("account", staff.pk)


@staff_page(Permission.STAFF_MANAGE, *FORM)
@fresh
def disable(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an account, with a reason."""
    staff = account_for(request.actor, pk)
    ask = Ask(
        title=_("Close the account of %(name)s?") % {"name": staff.full_name},
        text=_("All sessions and tokens end at once. You can open it again later."),
        button=_("Close the account"),
        back=staff.pk,
    )
    return ask.answer(
        request,
        lambda reason: disable_staff(
            staff=staff, reason=reason, by=request.actor, at=now()
        ),
        _("The account is closed."),
    )


@staff_page(Permission.STAFF_MANAGE, "POST")
@fresh
def enable(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    staff = account_for(request.actor, pk)
    try:
        enable_staff(staff=staff, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The account is open again."))
    return redirect("account", staff.pk)


@staff_page(Permission.STAFF_MANAGE, *FORM)
@fresh
def ask_reset(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask a second administrator to take a lost second step off."""
    staff = account_for(request.actor, pk)
    ask = Ask(
        title=_("Has %(name)s lost the phone?") % {"name": staff.full_name},
        text=_(
            "See the person or call them back on a number you know. A second"
            " administrator must agree; then password and second step are taken off"
            " and a new invitation is made."
        ),
        button=_("Ask a second administrator"),
        back=staff.pk,
    )
    return ask.answer(
        request,
        lambda reason: ask_factor_reset(
            staff=staff, reason=reason, by=request.actor, at=now()
        ),
        _("A second administrator is asked."),
    )


@staff_page(Permission.STAFF_MANAGE, "POST")
@fresh
def decide_reset(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree that a lost second step is taken off, or do not."""
    reset = reset_for(request.actor, pk)
    granted = request.POST.get("answer") == "grant"
    try:
        link = decide_factor_reset(
            reset=reset, granted=granted, by=request.actor, at=now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("account", reset.staff_id)
    if granted:
        context = {"staff": reset.staff, "link": link}
        return render(request, "accounts/invited.html", context)
    messages.success(request, _("The second step stays as it is."))
    return redirect("account", reset.staff_id)


def office_page(
    request: StaffRequest, form: OfficeForm, context: dict[str, Any], *, status: int = 0
) -> HttpResponse:
    """Show the form; a press on Find is no mistake, so it shows no errors."""
    if form.wants_search:
        form.errors.clear()
    shown = status or (422 if form.errors else 200)
    return render(
        request, "accounts/office.html", {"form": form, **context}, status=shown
    )
