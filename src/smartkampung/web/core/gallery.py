"""Every part of the design in every state, for those who build pages."""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.web.core import samples
from smartkampung.web.pages import StaffRequest, staff_page

STATES = ("ok", "wait", "late", "info", "off")


@staff_page(Permission.GALLERY_VIEW)
def gallery(request: StaffRequest) -> HttpResponse:
    """Show all parts."""
    empty, wrong = samples.forms_in_both_states()
    shown = {
        "form": empty,
        "wrong": wrong,
        "states": STATES,
        "steps": samples.timeline(),
        "reasons": samples.reasons(),
        "board": samples.board(),
        "table": samples.table(),
        "summary": samples.summary(),
        "bars": samples.bars(),
        "line": samples.months(),
        "days": samples.days(),
        "curves": samples.two_years(),
        "map": samples.small_map(),
        "legend": samples.legend(),
        "page": samples.page(),
        "marks": [True, True, False, False],
    }
    return render(request, "gallery.html", shown)
