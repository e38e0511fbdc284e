"""The village of the week, and how it is found: for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.frontline.recognition.queries import weeks as queries
from smartkampung.frontline.recognition.rules.week import (
    A_WEEK,
    FEWEST,
    GOOD_GROWTH,
    GOOD_SHARE,
    REST_WEEKS,
    Area,
    Way,
    monday_of,
    turn_of,
)
from smartkampung.kernel.clock import today
from smartkampung.kernel.small_cells import small
from smartkampung.kernel.wording import percent, short_day
from smartkampung.web.pages import public_page
from smartkampung.web.recognition.words import AREAS, WAYS


@public_page()
def weeks(request: HttpRequest) -> HttpResponse:
    """Show which village was named for the last week, by what, and how one gets there."""
    found = [_week(row) for row in queries.weeks()]
    area, way = turn_of(monday_of(today()))
    month = today().replace(day=1)
    context = {
        "week": found[0] if found else None,
        "before": found[1:],
        "next_area": AREAS[area],
        "next_way": WAYS[way],
        "fewest": FEWEST,
        "good": percent(GOOD_SHARE * 100),
        "growth": round(GOOD_GROWTH * 100),
        "rest": REST_WEEKS,
        "thanks": queries.thanks_in_month(month),
    }
    return render(request, "recognition/weeks.html", context)


def _week(row: Any) -> dict[str, Any]:
    return {
        "span": span(row.monday),
        "area": AREAS[Area(row.area)],
        "way": WAYS[Way(row.way)],
        "compared": row.compared,
        "villages": [_village(one, Way(row.way)) for one in row.named.all()],
    }


def _village(one: Any, way: Way) -> dict[str, Any]:
    said = _("On time: %(share)s.") % {"share": _share(one.in_time, one.due)}
    if way is Way.GROWTH:
        before = _share(one.in_time_before, one.due_before)
        said += " " + _("Four weeks before: %(share)s.") % {"share": before}
    return {
        "name": one.village.name,
        "kecamatan": one.village.parent.name,
        "why": said,
    }


def _share(good: int, due: int) -> str:
    """Return the part that was on time, so that it points at nobody.

    Counts are not shown; where few were on time or few were late, neither is the part.
    """
    if small(due - good):
        return _("most")
    return _("few") if small(good) else f"{100 * good // due}%"


def span(monday: Any) -> str:
    """Return "23 November 2026 – 29 November 2026"."""
    return f"{short_day(monday)} – {short_day(monday + A_WEEK - A_WEEK / 7)}"
