"""Lists of employers and associations: brought, previewed, then taken over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.lists import (
    Given,
    drop_list,
    receive_list,
    take_list,
)
from smartkampung.recovery.affected.queries.lists import (
    list_for,
    lists_for,
    rejected_rows,
)
from smartkampung.recovery.affected.words import KINDS, LIST_KINDS, LIST_STATES
from smartkampung.residents.imports import words
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.web.affected.forms import PastDayField, sector_choices
from smartkampung.web.affected.present import sector_name
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

BLOCK = 1 << 20
LATEST = 10
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(forms.Form):
    """Who gave the list, and what holds for rows that say nothing else."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who gave the list?"),
        choices=list(LIST_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who gave the list.")},
    )
    organisation = forms.CharField(
        label=gettext_lazy("Name of the employer or association"),
        max_length=120,
        validators=[has_a_letter, no_card_number],
        error_messages={
            "required": gettext_lazy("Type the name."),
            "max_length": gettext_lazy("At most 120 letters."),
        },
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Branch"),
        error_messages={"required": gettext_lazy("Choose the branch from the list.")},
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What happened, where a row does not say it?"),
        choices=[("", gettext_lazy("Choose")), *KINDS.items()],
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    happened_on = PastDayField(
        label=gettext_lazy("Since which day, where a row does not say it?")
    )
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "A workbook (.xlsx) or a .csv. Needed are the columns nik and nama; read"
            " are also tanggal_lahir, kejadian, sejak, penghasilan_sebelum,"
            " penghasilan_sekarang, tanggungan and keahlian."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("This file is empty. Fetch it again."),
        },
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = sector_choices()

    def given(self) -> Given:
        """Return what was told about the list; call it when nothing is wrong."""
        clean = {
            key: value for key, value in self.cleaned_data.items() if key != "file"
        }
        return Given(**clean)


@staff_page(P.AFFECTED_IMPORT, "GET", "POST")
def bring(request: StaffRequest) -> HttpResponse:
    """Take a list in, to be previewed."""
    form, status = ListForm(), 200
    if request.method == "POST":
        form, status = ListForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                row = receive_list(
                    given=form.given(),
                    blocks=form.cleaned_data["file"].chunks(BLOCK),
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect("affected_staff:list", row.pk)
    rows = lists_for(request.actor)[:LATEST]
    context = {"form": form, "items": [(row, _tag(row)) for row in rows]}
    return render(request, "affected/lists.html", context, status=status)


@staff_page(P.AFFECTED_IMPORT)
def one_list(request: StaffRequest, list_id: int) -> HttpResponse:
    """Show how far a list is, what it would do, and what is wrong with it."""
    return _page(request, list_for(request.actor, list_id))


@staff_page(P.AFFECTED_IMPORT, "POST")
def decide_list(request: StaffRequest, list_id: int) -> HttpResponse:
    """Take a previewed list over, or throw it away."""
    row = list_for(request.actor, list_id)
    try:
        if request.POST.get("do") == "take":
            take_list(affected_list=row, by=request.actor, at=now())
        else:
            drop_list(affected_list=row, by=request.actor.username, at=now())
            messages.success(request, _("The list was thrown away."), "ok")
    except Refused as refusal:
        return _page(request, row, problem=str(refusal.message))
    return redirect("affected_staff:list", list_id)


@staff_page(P.AFFECTED_IMPORT)
def rejected(request: StaffRequest, list_id: int) -> HttpResponse:
    """Send the rows that cannot be taken, with a column that says what to mend."""
    content = rejected_rows(list_for(request.actor, list_id))
    if content is None:
        raise Http404
    name = f"{_('rejected')}-{list_id}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def _tag(row: Any) -> dict[str, Any]:
    colour, text = LIST_STATES[row.state]
    return {"state": colour, "text": text}


def _page(request: StaffRequest, row: Any, *, problem: str = "") -> HttpResponse:
    issues = [Issue(*each) for each in row.problems]
    context: dict[str, Any] = {
        "row": row,
        "kind": LIST_KINDS[row.kind],
        "what": KINDS[row.what],
        "sector": sector_name(row.sector),
        "tag": _tag(row),
        "running": row.state in ("checking", "writing"),
        "percent": 100 * row.done // row.total if row.total else 0,
        "fresh": row.total - row.known,
        "defect": words.defect_of(row.defect["code"], row.defect["details"])
        if row.defect
        else "",
        "problems": [
            (each.cell, each.column, each.value, words.fault(each)) for each in issues
        ],
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "affected/list.html", context, status=status)
