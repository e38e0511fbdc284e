"""Errors of rules that upheld objections proved, for those who can mend the rule."""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.aid.grievances.statistics import errors_for
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff.present import where
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.GRIEVANCE_VIEW)
def errors(request: StaffRequest) -> HttpResponse:
    """Count exclusions and inclusions by programme, wording of the rule and village."""
    found = errors_for(request.actor)
    places = where({row.village for row in found})
    items = [
        {
            "row": row,
            "programme": either(row.programme.name, row.programme.name_en)
            if row.programme
            else "",
            "place": places[row.village],
        }
        for row in found
    ]
    counted = request.actor.may(Permission.SUMMARY_VIEW)
    context = {"items": items, "counted": counted}
    return render(request, "aid_grievances/errors.html", context)
