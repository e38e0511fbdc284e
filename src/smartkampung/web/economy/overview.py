"""The first page: where the economy stands, what waits, and where to read on."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import percent
from smartkampung.recovery.economy.queries.alerts import alerts_for
from smartkampung.recovery.economy.queries.curves import Drawn, curves
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.settings import (
    Setting,
    baseline_on,
    in_force,
    thresholds_of,
)
from smartkampung.recovery.economy.rules.falling import Thresholds, ended, standing
from smartkampung.recovery.economy.words import CURVES
from smartkampung.web.economy.alerts import lines_of
from smartkampung.web.economy.recovery import base_name, curves_sheet, index_chart
from smartkampung.web.economy.wording import CANNOT, against, month_name, signed
from smartkampung.web.pages import StaffRequest, staff_page

LATEST = 5


@staff_page(Permission.ECONOMY_VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Show the last month of every curve, and the alerts that nobody has seen."""
    must_see(request.actor)
    on = today()
    baseline = baseline_on(on)
    found = curves(baseline=baseline)
    limits = thresholds_of(in_force(Setting.Kind.THRESHOLDS, on))
    sheet = curves_sheet(found, baseline)
    waiting = alerts_for(request.actor).filter(seen_at=None)[:LATEST]
    context = {
        "baseline": baseline,
        "numbers": [_number(drawn, limits, on) for drawn in found.values()],
        "alerts": lines_of(waiting),
        "chart": index_chart(found["pad"]) if "pad" in found else None,
        "sheet": sheet,
        "table": sheet.context(),
        "may_enter": request.actor.may(Permission.ECONOMY_ENTER),
    }
    return render(request, "economy/here.html", context)


def _number(drawn: Drawn, limits: Thresholds, on: date) -> dict[str, Any]:
    """Tell of the last month that is over and can be compared, against its base."""
    over = [one for one in drawn.points if ended(one.month, on)]
    known = [one for one in over if one.index.value is not None]
    point = known[-1] if known else drawn.points[-1]
    now = standing(((one.month, one.index.value) for one in over), limits)
    said = point.index.value if known else None
    meaning = _("%(sector)s, %(month)s") % {
        "sector": CURVES[drawn.code],
        "month": month_name(point.month),
    }
    return {
        "value": CANNOT if said is None else signed(percent(said)),
        "of": "" if said is None else against(said, base_name(point.month, drawn)),
        "meaning": meaning,
        "tag": _("below the threshold") if now.down else "",
        "state": "late",
        "url": reverse("economy:curve", args=[drawn.code]),
    }
