"""Take people of a village out of the registry, under a second pair of eyes."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names
from smartkampung.residents.exports import queries
from smartkampung.residents.exports.actions import (
    ask_export,
    decide_export,
    fetch_export,
)
from smartkampung.residents.exports.rules import LARGE, bar_to_decide, bar_to_fetch
from smartkampung.web.pages import StaffRequest, staff_page

MAY = Permission.REGISTRY_EXPORT
LISTED = 25
FORMATS: list[tuple[str, Promise]] = [
    ("xlsx", lazy("OpenSID workbook (.xlsx)")),
    ("csv", lazy("OpenSID columns as .csv")),
    ("people", lazy("Smart Kampung .csv")),
]
STATES: dict[str, tuple[str, Promise]] = {
    "waiting": ("wait", lazy("waits for a second person")),
    "making": ("wait", lazy("being made")),
    "ready": ("ok", lazy("ready")),
    "refused": ("late", lazy("refused")),
    "expired": ("off", lazy("deleted")),
}


class ExportForm(forms.Form):
    """Whose data, in which form, what for."""

    village = forms.ChoiceField(label=lazy("Which village?"))
    form = forms.ChoiceField(
        label=lazy("As what?"),
        choices=FORMATS,
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=lazy("What for?"),
        max_length=300,
        help_text=lazy(
            "This stands in the file, and residents can read it. For example: moving to"
            " the new village office's OpenSID."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, villages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["village"]).choices = villages


@staff_page(MAY, "GET", "HEAD", "POST")
def exports(request: StaffRequest) -> HttpResponse:
    """List the exports of my village and ask for a new one."""
    posted = request.POST if request.method == "POST" else None
    form = ExportForm(
        posted,
        villages=[
            (row.code, f"{row.name} ({row.code})")
            for row in queries.villages_to_export(request.actor)
        ],
    )
    if posted is None:
        return _list(request, form)
    if not form.is_valid():
        return _list(request, form, status=422)
    data = form.cleaned_data
    try:
        export = ask_export(
            region_code=data["village"],
            form=data["form"],
            reason=data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _list(request, form, status=422)
    return redirect("exports:export", export.pk)


def _list(
    request: StaffRequest, form: ExportForm, *, status: int = 200
) -> HttpResponse:
    rows = Paginator(queries.exports_for(request.actor), LISTED)
    page = rows.get_page(request.GET.get("page"))
    places = names({row.region_code for row in page})
    context = {
        "form": form,
        "page": page,
        "lines": [_line(row, places) for row in page],
        "large": LARGE,
    }
    return render(request, "exports/list.html", context, status=status)


def _line(export: queries.Export, places: dict[str, str]) -> dict[str, Any]:
    state, text = STATES[export.state]
    return {
        "export": export,
        "place": places.get(export.region_code, export.region_code),
        "form": dict(FORMATS)[export.format],
        "tag": {"state": state, "text": text},
    }


@staff_page(MAY)
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one export: waiting, being made, ready to fetch, or gone."""
    return _page(request, queries.export_for(request.actor, pk))


@staff_page(MAY, "POST")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Allow or refuse somebody else's large export."""
    export = queries.export_for(request.actor, pk)
    allow = request.POST.get("answer") == "allow"
    try:
        decide_export(export=export, allow=allow, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, export, refusal=refusal)
    messages.success(request, _("The decision is written down."))
    return redirect("exports:export", pk)


@staff_page(MAY, "POST")
def fetch(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Send the finished file to whoever asked for it."""
    export = queries.export_for(request.actor, pk)
    try:
        path = fetch_export(export=export, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, export, refusal=refusal)
    response = StreamingHttpResponse(
        queries.pieces_of(path), content_type="application/octet-stream"
    )
    name = queries.file_name_of(export)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: StaffRequest, export: queries.Export, *, refusal: Refused | None = None
) -> HttpResponse:
    me, at = request.actor.username, now()
    fetch_bar = bar_to_fetch(
        state=export.state,
        asked_by=export.asked_by,
        fetcher=me,
        expired=export.expires_at <= at,
    )
    decide_bar = bar_to_decide(state=export.state, asked_by=export.asked_by, decider=me)
    context = {
        "line": _line(export, names({export.region_code})),
        "export": export,
        "refusal": refusal.message if refusal else "",
        "running": export.state == "making",
        "may_fetch": fetch_bar is None,
        "may_decide": decide_bar is None,
        "own": export.asked_by == me,
    }
    status = 409 if refusal else 200
    return render(request, "exports/export.html", context, status=status)
