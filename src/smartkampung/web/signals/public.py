"""Cases by week for everybody: whole weeks that are over, small counts hidden."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import level
from smartkampung.reopening.signals.queries.weeks import (
    names_in,
    partly_heard,
    published_weeks,
)
from smartkampung.reopening.signals.rules.weeks import Cases, Unseen
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.core.curves import Curves, curves
from smartkampung.web.pages import public_page
from smartkampung.web.signals.wording import number, table, ticks, week_name

KEPT = 300
CHARTED, LISTED = 26, 4
SUNDAY = timedelta(days=6)
Weeks = dict[date, dict[str, Cases]]
Partly = set[tuple[date, str]]


@kept_for(KEPT)
@public_page()
def weeks(request: HttpRequest) -> HttpResponse:
    """Show cases a week by kecamatan, as they were told when each week was over."""
    found = published_weeks(last=CHARTED)
    names, partly = names_in(found), partly_heard(found)
    whole_place = next((code for code in names if level(code) == "regency"), "")
    context = {
        "table": _table(found, names, whole_place, partly),
        "chart": _chart(found, whole_place),
        "totals": _totals(found, whole_place, partly),
        "name": names.get(whole_place, ""),
        "last": max(found, default=None),
    }
    return render(request, "signals/weeks.html", context)


def _told(found: Weeks, week: date, place: str, partly: Partly) -> str:
    count = found[week].get(place)
    # A kecamatan that is newer than the week has no row in it.
    if count is None or count is Unseen.NOT_TOLD:
        return _("no report")
    if isinstance(count, Unseen):
        return _("not shown")
    if (week, place) in partly:
        return _("at least %(count)s") % {"count": whole(count)}
    return whole(count)


def _table(
    found: Weeks, names: dict[str, str], total: str, partly: Partly
) -> dict[str, Any]:
    shown = sorted(found, reverse=True)[:LISTED]
    heads = [(_("Place"), False)]
    heads += [(week_name(week, week + SUNDAY), True) for week in shown]
    places = sorted(
        (code for code in names if code != total), key=lambda one: names[one]
    )
    rows = [
        [
            _("%(name)s, all together") % {"name": names[code]}
            if code == total
            else names[code],
            *(_told(found, week, code, partly) for week in shown),
        ]
        for code in [*places, *([total] if total else [])]
    ]
    return table(heads, rows) if shown else {"columns": [], "rows": []}


def _chart(found: Weeks, total: str) -> Curves | None:
    counts = [found[week].get(total) for week in found]
    return curves(
        "weeks",
        [
            (
                _("New cases a week"),
                [float(one) if isinstance(one, int) else None for one in counts],
            )
        ],
        ticks=ticks(list(found)),
        words=lambda value: number(value, 0),
    )


def _totals(found: Weeks, total: str, partly: Partly) -> dict[str, Any]:
    return table(
        [(_("Week"), False), (_("New cases"), True)],
        [
            [week_name(week, week + SUNDAY), _told(found, week, total, partly)]
            for week in sorted(found, reverse=True)
        ],
    )
