"""The series of the province with its Rt: real numbers, brought in from a file."""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.reopening.signals.queries.overview import province_for
from smartkampung.reopening.signals.rules.reproduction import COVID
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.drawing import cases_chart, day_table, rt_chart


@staff_page(Permission.SIGNAL_VIEW)
def province(request: StaffRequest) -> HttpResponse:
    """Show cases of the province by day, and Rt with its interval."""
    found = province_for(request.actor)
    days = list(found.cases)
    context = {
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "gaps": sum(one is None for one in found.cases.values()),
        "rt": rt_chart(found.rt),
        "cases": cases_chart(found.cases, "cases"),
        "days": day_table(found.cases, found.rt),
        "interval": COVID,
    }
    return render(request, "signals/province.html", context)
