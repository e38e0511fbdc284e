"""Bring a village file: upload it, look at what it would do, apply or undo it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.imports import queries
from smartkampung.residents.imports.actions import (
    ask_to_apply,
    ask_to_undo,
    discard_import,
    receive_import,
)
from smartkampung.residents.imports.reading.records import Format
from smartkampung.web.imports import present
from smartkampung.web.imports.forms import UploadForm
from smartkampung.web.pages import StaffRequest, staff_page

MAY = Permission.REGISTRY_IMPORT
LISTED, ROWS = 25, 50
BLOCK = 1 << 20
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_page(MAY, "GET", "HEAD", "POST")
def imports(request: StaffRequest) -> HttpResponse:
    """List the imports of my village and take a new file in."""
    posted = request.method == "POST"
    form = UploadForm(
        *((request.POST, request.FILES) if posted else ()),
        villages=[
            (row.code, f"{row.name} ({row.code})")
            for row in queries.villages_to_import(request.actor)
        ],
        programmes=programme_names(),
    )
    if not posted:
        return _list(request, form)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        imported = _receive(request, form)
    except Refused as refusal:
        form.add_error("file", str(refusal.message))
        return _list(request, form, status=422)
    return redirect("imports:import", imported.pk)


def _receive(request: StaffRequest, form: UploadForm) -> queries.Import:
    data = form.cleaned_data
    return receive_import(
        kind=Format(data["kind"]),
        region_code=data["village"],
        file_name=data["file"].name,
        blocks=data["file"].chunks(BLOCK),
        options=form.options(),
        by=request.actor,
        at=now(),
    )


def _list(
    request: StaffRequest, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    rows = Paginator(queries.imports_for(request.actor), LISTED)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [present.line(row) for row in page],
        "waiting": queries.open_reviews(request.actor).count(),
    }
    return render(request, "imports/list.html", context, status=status)


@staff_page(MAY)
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one import: its progress, its preview, or what became of it."""
    return _page(request, queries.import_for(request.actor, pk))


@staff_page(MAY, "POST")
def apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Have a preview applied."""
    imported = queries.import_for(request.actor, pk)
    try:
        ask_to_apply(imported=imported, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, imported, refusal=refusal)
    return redirect("imports:import", pk)


@staff_page(MAY, "POST")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Have an applied import undone."""
    imported = queries.import_for(request.actor, pk)
    try:
        ask_to_undo(imported=imported, by=request.actor)
    except Refused as refusal:
        return _page(request, imported, refusal=refusal)
    return redirect("imports:import", pk)


@staff_page(MAY, "POST")
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a preview away."""
    imported = queries.import_for(request.actor, pk)
    try:
        discard_import(imported=imported, by=request.actor)
    except Refused as refusal:
        return _page(request, imported, refusal=refusal)
    messages.success(request, _("The file and its preview are deleted."))
    return redirect("imports:imports")


@staff_page(MAY)
def rejections(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Send the rejected rows as a workbook that says what to correct."""
    imported = queries.import_for(request.actor, pk)
    pieces = queries.rejections_of(imported)
    if pieces is None:
        raise Http404
    response = StreamingHttpResponse(pieces, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="ditolak-{pk}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: StaffRequest, imported: queries.Import, *, refusal: Refused | None = None
) -> HttpResponse:
    imported.refresh_from_db()
    shown = request.GET.get("show") or present.first_tab(imported)
    context: dict[str, Any] = {
        "imported": imported,
        "line": present.line(imported),
        "refusal": refusal.message if refusal else "",
        "running": imported.state in present.RUNNING,
    }
    if context["running"]:
        at = queries.progress_of(imported)
        context["progress"] = present.progress(imported, at)
    else:
        context |= _found(request, imported, shown if shown in present.TABS else "")
    status = 409 if refusal else 200
    response = render(request, "imports/import.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _found(
    request: StaffRequest, imported: queries.Import, shown: str
) -> dict[str, Any]:
    rows = Paginator(queries.rows_of(imported, shown), ROWS)
    page = rows.get_page(request.GET.get("page"))
    ready = imported.state == "ready"
    return {
        "problem": present.problem(imported),
        "numbers": present.numbers(imported, shown) if imported.counts else [],
        "columns": present.columns(imported),
        "before": queries.same_file_before(imported) if ready else None,
        "to_do": present.to_do(imported),
        "kept": present.kept(imported),
        "tab": present.tab_title(shown),
        "page": page,
        "rows": [
            present.row(line) for line in queries.lines(request.actor, list(page))
        ],
        "query": f"?show={shown}&",
    }
