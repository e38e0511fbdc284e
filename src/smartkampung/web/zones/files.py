"""Files of cases: brought, looked at, and then taken or left."""

from string import ascii_uppercase
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
from smartkampung.reopening.cases.actions.files import (
    SHOWN,
    leave_file,
    receive_file,
    take_file,
)
from smartkampung.reopening.cases.queries.files import (
    file_for,
    files_for,
    rejected_rows,
)
from smartkampung.residents.imports import words
from smartkampung.residents.imports.reading.records import Fault, Issue
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.zones.forms import FileForm

MAY = Permission.CASE_RECORD
BLOCK = 1 << 20
LISTED = 20
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = (Fault.OTHER_NAME,)  # what stands there is who is ill
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
    form, status = FileForm(), 200
    if request.method == "POST":
        form, status = FileForm(request.POST, request.FILES), 422
        if form.is_valid():
            blocks = form.cleaned_data["file"].chunks(BLOCK)
            try:
                row = receive_file(blocks=blocks, by=request.actor, at=now())
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect("zones:file", row.pk)
    rows = files_for(request.actor)[:LISTED]
    context = {"form": form, "items": [(row, _tag(row)) for row in rows]}
    return render(request, "zones/files.html", context, status=status)


@staff_page(MAY)
def file(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a file would write, and what is wrong with it."""
    row = file_for(request.actor, pk)
    people = full_names([row.ended_by])
    issues = [Issue(*each) for each in row.problems]
    context = {
        "row": row,
        "tag": _tag(row),
        "running": row.state == "checking"
        or (row.state == "taken" and row.written is None),
        "ready": row.state == "ready",
        "ended_by": people.get(row.ended_by, row.ended_by),
        "defect": words.defect_of(row.defect["code"], row.defect["details"])
        if row.defect
        else "",
        "problems": [_told(one) for one in issues],
        "many": len(issues) >= SHOWN,
        "missed": row.total - row.written if row.written is not None else 0,
    }
    return render(request, "zones/file.html", context)


@staff_page(MAY, "POST")
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the rows of a file written."""
    row = file_for(request.actor, pk)
    try:
        take_file(file=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("The cases are being written down."), "ok")
    return redirect("zones:file", pk)


@staff_page(MAY, "POST")
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Write nothing of a file."""
    row = file_for(request.actor, pk)
    try:
        leave_file(file=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    return redirect("zones:file", pk)


@staff_page(MAY)
def rejected(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the rows that cannot be taken, with a column that says what to mend."""
    content = rejected_rows(file_for(request.actor, pk))
    if content is None:
        raise Http404
    name = f"{_('rejected')}-{pk}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def _told(issue: Issue) -> tuple[str, str, str, str]:
    """Return cell, column, what stands there and what to do; names are not kept."""
    text = str(words.fault(issue))
    if issue.fault == Fault.REPEATED_ROW:
        line = issue.cell.lstrip(ascii_uppercase)
        same = _("the same as row %(before)s") % issue.details
        return _("Row %(line)s") % {"line": line}, _("all"), same, text
    value = _("not shown") if issue.fault in NAMED else issue.value
    return issue.cell, issue.column, value, text


def _tag(row: Any) -> dict[str, Any]:
    state, text = STATES[row.state]
    return {"state": state, "text": text}
