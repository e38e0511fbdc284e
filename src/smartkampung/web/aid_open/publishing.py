"""Dinsos posts the recipients of a cycle: one officer asks, another switches it on."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.queries.lists import cycle_by_id
from smartkampung.aid.disclosure.actions.publications import (
    ask_to_publish,
    decide_publication,
    withdraw_publication,
)
from smartkampung.aid.disclosure.queries import (
    publication_for,
    publications_for,
    state_of,
)
from smartkampung.aid.disclosure.words import STATES
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_open.forms import PublicationForm
from smartkampung.web.pages import StaffRequest, staff_page

MANAGE = Permission.PUBLICATION_MANAGE


@staff_page(MANAGE)
def publications(request: StaffRequest) -> HttpResponse:
    """List what was asked for, the latest first."""
    rows = publications_for(request.actor)
    items = [(row, _programme(row), _state(row)) for row in rows]
    return render(request, "aid_open/publications.html", {"items": items})


@staff_page(MANAGE, "GET", "POST")
def ask(request: StaffRequest) -> HttpResponse:
    """Ask to post the list of a cycle."""
    if request.method != "POST":
        first = {"form_id": uuid.uuid4(), "cycle": request.GET.get("cycle")}
        return _ask_page(request, PublicationForm(initial=first))
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, form, 422)
    given = form.cleaned_data
    try:
        row = ask_to_publish(
            form_id=given["form_id"],
            cycle=cycle_by_id(int(given["cycle"])),
            legal_reference=given["legal_reference"],
            days=form.days(),
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _ask_page(request, form, 409)
    words = _("Noted. Nothing is posted until another officer of Dinsos agrees.")
    messages.success(request, words, "ok")
    return redirect("aid_publish:publication", row.pk)


def _ask_page(
    request: StaffRequest, form: PublicationForm, status: int = 200
) -> HttpResponse:
    return render(request, "aid_open/ask.html", {"form": form}, status=status)


@staff_page(MANAGE, "GET", "POST")
def publication(request: StaffRequest, publication_id: uuid.UUID) -> HttpResponse:
    """Show what was asked for, or decide about it."""
    row = publication_for(request.actor, publication_id)
    if request.method != "POST":
        return _page(request, row)
    granted = request.POST.get("decision") == "grant"
    try:
        decide_publication(publication=row, granted=granted, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, row, problem=str(refusal.message), status=409)
    words = _("Switched on for its days.") if granted else _("It stays off.")
    messages.success(request, words, "ok")
    return redirect("aid_publish:publication", publication_id)


@staff_page(MANAGE, "POST")
def withdraw(request: StaffRequest, publication_id: uuid.UUID) -> HttpResponse:
    """Take a list down before its days are over."""
    row = publication_for(request.actor, publication_id)
    try:
        withdraw_publication(publication=row, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, row, problem=str(refusal.message), status=409)
    messages.success(request, _("The list is taken down."), "ok")
    return redirect("aid_publish:publication", publication_id)


def _page(
    request: StaffRequest, row: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    text, colour = _state(row)
    context = {
        "row": row,
        "programme": _programme(row),
        "state": {"text": text, "state": colour},
        "own": row.asked_by_id == request.actor.staff_id,
        "may_withdraw": row.granted and row.withdrawn_at is None,
        "problem": problem,
    }
    return render(request, "aid_open/publication.html", context, status=status)


def _programme(row: Any) -> str:
    return either(row.cycle.programme.name, row.cycle.programme.name_en)


def _state(row: Any) -> tuple[str, str]:
    text, colour = STATES[state_of(row, on=today())]
    return str(text), colour
