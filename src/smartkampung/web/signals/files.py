"""Files of daily reports: brought, looked at, and then taken or left."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_day, whole
from smartkampung.reopening.signals.actions.files import (
    SHOWN,
    is_stuck,
    leave_file,
    receive_file,
    sorted_of,
    strangers_of,
    take_file,
)
from smartkampung.reopening.signals.actions.reporting import strange
from smartkampung.reopening.signals.bulk import numbers_of
from smartkampung.reopening.signals.queries.files import file_for, files_for
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.rules.kinds import COLUMNS, Kind
from smartkampung.reopening.signals.words import CELL_FAULTS, KINDS, NUMBERS
from smartkampung.reopening.signals.writing import as_csv, as_workbook, columns
from smartkampung.residents.imports import words
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.entering import kind_of
from smartkampung.web.signals.forms import FileForm, TakeForm
from smartkampung.web.signals.wording import table

MAY = Permission.SIGNAL_ENTER
BLOCK = 1 << 20
LISTED, PREVIEWED = 20, 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED = {"correction_needs_reason": "reason", "place_is_strange": "new_places"}
STATES = {
    "checking": ("wait", lazy("is being read")),
    "ready": ("wait", lazy("waits for you")),
    "unusable": ("late", lazy("cannot be used")),
    "taken": ("ok", lazy("taken")),
    "left": ("off", lazy("left")),
}
MEANINGS = {
    "on": lazy("the day, for example 2020-05-28"),
    "place": lazy("the name of the hospital or laboratory, as it was written before"),
    "source": lazy("where it is from; may be empty, then it is the name of the file"),
}


@staff_page(MAY, "GET", "HEAD", "POST")
def files(request: StaffRequest, kind: str) -> HttpResponse:
    """Bring a file of one kind, and see those that were brought."""
    rows, known = files_for(request.actor), kind_of(kind)
    form, status = FileForm(), 200
    if request.method == "POST":
        form, status = FileForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                row = _received(request, known, form)
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect("signals:file", row.pk)
    context = {
        "form": form,
        "kind": known.value,
        "title": KINDS[known],
        "columns": _columns(known),
        "items": [(row, _tag(row)) for row in rows.filter(kind=known)[:LISTED]],
    }
    return render(request, "signals/files.html", context, status=status)


def _received(request: StaffRequest, kind: Kind, form: FileForm) -> Any:
    file = form.cleaned_data["file"]
    return receive_file(
        kind=kind,
        name=str(file.name or ""),
        blocks=file.chunks(BLOCK),
        by=request.actor,
        at=now(),
    )


def _columns(kind: Kind) -> list[tuple[str, str]]:
    """Return each column of a kind of file with what stands in it."""
    first, second = COLUMNS[kind]
    counts = {"first": NUMBERS[first], "second": NUMBERS[second]}
    meanings = MEANINGS | counts
    return [(title, str(meanings[key])) for key, title in columns(kind).items()]


@staff_page(MAY)
def template(request: StaffRequest, kind: str, form: str) -> HttpResponse:
    """Send an empty file with the columns that are read."""
    regency_for(request.actor, MAY)
    known = kind_of(kind)
    if form == "csv":
        content, media = as_csv(known), "text/csv; charset=utf-8"
    elif form == "xlsx":
        notes = [f"{title}: {meaning}" for title, meaning in _columns(known)]
        notes.append(
            _("A day without a report stays out; 0 only where there was none.")
        )
        content, media = as_workbook(known, notes), WORKBOOK
    else:
        raise Http404
    name = f"{_('reports')}-{known.value}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media, headers=headers)


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
            file=row,
            reason=form.cleaned_data["reason"],
            seen=request.POST.get("seen", ""),
            new_places=form.cleaned_data["new_places"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(ASKED.get(refusal.code), str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("The reports are written down."), "ok")
    return redirect("signals:file", pk)


@staff_page(MAY, "POST")
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Write nothing of a file."""
    row = file_for(request.actor, pk)
    try:
        leave_file(file=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    return redirect("signals:file", pk)


def _page(
    request: StaffRequest, row: Any, form: TakeForm, *, status: int = 200
) -> HttpResponse:
    people = full_names([row.brought_by, row.ended_by])
    context = {
        "row": row,
        "tag": _tag(row),
        "title": KINDS[row.kind],
        "by": people.get(row.brought_by, row.brought_by),
        "ended_by": people.get(row.ended_by, row.ended_by),
        "running": row.state == "checking",
        "stuck": is_stuck(row, at=now()),
        "ready": row.state == "ready",
        "defect": words.defect_of(row.defect["code"], row.defect["details"])
        if row.defect
        else "",
        "problems": [_told(Issue(*each)) for each in row.problems],
        "remarks": [_told(Issue(*each)) for each in row.remarks],
        "many": len(row.problems) >= SHOWN,
        "unread": ", ".join(row.unread),
        "form": form,
        **(_preview(row, form) if row.state == "ready" else {}),
    }
    return render(request, "signals/file.html", context, status=status)


def _preview(row: Any, form: TakeForm) -> dict[str, Any]:
    found, pair = sorted_of(row), COLUMNS[Kind(row.kind)]
    strangers = strangers_of(row, found)
    if not strangers:
        del form.fields["new_places"]
    if not found.changed:
        del form.fields["reason"]
    names = [(str(NUMBERS[name]), True) for name in pair]
    heads = [(_("Day"), False), (_("Place"), False)]
    changes = [
        [
            *_where(one),
            *(
                f"{_('taken back') if old is None else whole(old)} → {whole(new)}"
                for old, new in zip(
                    numbers_of(before), (one.first, one.second), strict=True
                )
            ),
        ]
        for one, before in found.changed[:PREVIEWED]
    ]
    news = [
        [*_where(one), whole(one.first), whole(one.second)]
        for one in found.new[:PREVIEWED]
    ]
    return {
        "mark": found.mark(),
        "strange": str(strange(strangers).message) if strangers else "",
        "new": len(found.new),
        "changed": len(found.changed),
        "same": found.same,
        "changes": table([*heads, *names], changes) if changes else None,
        "news": table([*heads, *names], news) if news else None,
        "may_take": bool(found.new or found.changed),
    }


def _where(one: Any) -> tuple[str, str]:
    return short_day(one.on), one.place or _("all")


def _told(issue: Issue) -> tuple[str, str, str, str]:
    known = issue.fault in CELL_FAULTS
    text = CELL_FAULTS[issue.fault] if known else words.fault(issue)
    return issue.cell, issue.column, issue.value, str(text)


def _tag(row: Any) -> dict[str, Any]:
    state, text = STATES[row.state]
    return {"state": state, "text": text}
