"""Files of the budget system: brought, looked at, and then taken or left."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.economy import bulk
from smartkampung.recovery.economy.actions.files import (
    SHOWN,
    given_of,
    leave_file,
    receive_file,
    take_file,
)
from smartkampung.recovery.economy.queries.files import FigureFile, file_for, files_for
from smartkampung.recovery.economy.rules.kinds import Kind
from smartkampung.recovery.economy.rules.reading import Fault
from smartkampung.recovery.economy.words import FAULTS, KINDS
from smartkampung.recovery.economy.words import MEASURES as NAMES
from smartkampung.residents.imports import words
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.web.economy.entering import item_name
from smartkampung.web.economy.forms import FileForm, TakeForm
from smartkampung.web.economy.wording import count, money, month_name
from smartkampung.web.pages import StaffRequest, staff_page

MAY = Permission.ECONOMY_ENTER
BLOCK = 1 << 20
LISTED, PREVIEWED = 20, 100
STATES = {
    "checking": ("wait", lazy("is being read")),
    "ready": ("wait", lazy("waits for you")),
    "unusable": ("late", lazy("cannot be used")),
    "taken": ("ok", lazy("taken")),
    "left": ("off", lazy("left")),
}


@staff_page(MAY, "GET", "HEAD", "POST")
def files(request: StaffRequest) -> HttpResponse:
    """Bring a file, and see those that were brought."""
    rows = files_for(request.actor)[:LISTED]
    form, status = FileForm(), 200
    if request.method == "POST":
        form, status = FileForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                row = _received(request, form)
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect("economy:file", row.pk)
    context = {"form": form, "items": [(row, _tag(row)) for row in rows]}
    return render(request, "economy/files.html", context, status=status)


def _received(request: StaffRequest, form: FileForm) -> FigureFile:
    file = form.cleaned_data["file"]
    return receive_file(
        kind=Kind(form.cleaned_data["kind"]),
        name=str(file.name or ""),
        blocks=file.chunks(BLOCK),
        by=request.actor,
        at=now(),
    )


@staff_page(MAY)
def file(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a file would change, and what is wrong with it."""
    return _page(request, file_for(request.actor, pk), TakeForm())


@staff_page(MAY, "POST")
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what a file tells."""
    row, form = file_for(request.actor, pk), TakeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        take_file(
            file=row, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )
    except Refused as refusal:
        where = "reason" if refusal.code == "correction_needs_reason" else None
        form.add_error(where, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("The figures are written down."), "ok")
    return redirect("economy:file", pk)


@staff_page(MAY, "POST")
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Write nothing of a file."""
    row = file_for(request.actor, pk)
    try:
        leave_file(file=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    return redirect("economy:file", pk)


def _page(
    request: StaffRequest, row: FigureFile, form: TakeForm, *, status: int = 200
) -> HttpResponse:
    people = full_names([row.brought_by, row.ended_by])
    context = {
        "row": row,
        "tag": _tag(row),
        "kind": KINDS[row.kind],
        "by": people.get(row.brought_by, row.brought_by),
        "ended_by": people.get(row.ended_by, row.ended_by),
        "running": row.state == "checking",
        "ready": row.state == "ready",
        "defect": words.defect_of(row.defect["code"], row.defect["details"])
        if row.defect
        else "",
        "problems": [_told(Issue(*each)) for each in row.problems],
        "remarks": [_told(Issue(*each)) for each in row.remarks],
        "many": len(row.problems) >= SHOWN,
        "form": form,
        **(_preview(row) if row.state == "ready" else {}),
    }
    return render(request, "economy/file.html", context, status=status)


def _preview(row: FigureFile) -> dict[str, Any]:
    found = bulk.sort(given_of(row))
    show = money if row.kind == Kind.REVENUE else count
    changes = [
        (
            item_name(Kind(row.kind), one.item),
            month_name(one.month),
            NAMES[one.measure],
            show(before.value),
            show(one.value),
        )
        for one, before in found.changed[:PREVIEWED]
    ]
    news = [
        (
            item_name(Kind(row.kind), one.item),
            month_name(one.month),
            NAMES[one.measure],
            show(one.value),
        )
        for one in found.new[:PREVIEWED]
    ]
    counts = {"new": len(found.new), "changed": len(found.changed)}
    return {
        **counts,
        "same": found.same,
        "changes": changes,
        "news": news,
        "may_take": bool(found.new or found.changed),
    }


def _told(issue: Issue) -> tuple[str, str, str, str]:
    known = issue.fault in set(Fault)
    text = FAULTS[issue.fault] if known else words.fault(issue)
    return issue.cell, issue.column, issue.value, str(text)


def _tag(row: FigureFile) -> dict[str, Any]:
    state, text = STATES[row.state]
    return {"state": state, "text": text}
