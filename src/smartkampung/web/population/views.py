"""The monthly report, its table as a file, and the numbers of one day."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.residents.queries.population import places_for, report_for
from smartkampung.web.life.as_of import asked_day
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.population import parts
from smartkampung.web.population.months import Month

VIEW = Permission.POPULATION_VIEW


@staff_page(VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Open the report of the place where the reader works."""
    return redirect("population:report", places_for(request.actor)[0])


@staff_page(VIEW)
def report(request: StaffRequest, code: str) -> HttpResponse:
    """Show what became of the people of a place in a month."""
    month = Month.asked(request.GET.get("month", ""), today=today())
    found = report_for(
        request.actor, code, opening=month.eve, closing=month.last(today())
    )
    context = parts.report(request.actor, found, month)
    return render(request, "population/report.html", context)


@staff_page(VIEW)
def table(request: StaffRequest, code: str) -> HttpResponse:
    """Send the report as a table, by village wherever the place is larger than one."""
    month = Month.asked(request.GET.get("month", ""), today=today())
    found = report_for(
        request.actor,
        code,
        opening=month.eve,
        closing=month.last(today()),
        villages=True,
    )
    name = f"population-{code}-{month}.csv"
    return HttpResponse(
        parts.csv_of(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@staff_page(VIEW)
def day(request: StaffRequest, code: str) -> HttpResponse:
    """Show how many people lived in a place, and in its parts, on a day."""
    asked = asked_day(request)
    on: date = asked.on
    found = report_for(request.actor, code, opening=on, closing=on)
    context = parts.day(request.actor, found) | {"asked": asked}
    return render(request, "population/day.html", context)
