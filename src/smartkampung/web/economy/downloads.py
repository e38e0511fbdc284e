"""Every table as a file, with its source, who fetched it, and the mark of what is made up."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import short_moment
from smartkampung.recovery.economy.queries.curves import curves
from smartkampung.recovery.economy.queries.figures import Figures, figures_for
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.settings import baseline_on
from smartkampung.recovery.economy.rules.kinds import PARENTS, Kind
from smartkampung.recovery.economy.writing import as_csv, as_workbook
from smartkampung.web.economy import (
    alerts,
    asked,
    businesses,
    known,
    recovery,
    revenue,
    visits,
)
from smartkampung.web.economy.sheets import Sheet, made_up
from smartkampung.web.pages import StaffRequest, staff_page

WRITERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


FILE_NAMES = {
    "revenue": "pad",
    "type": "jenis-pad",
    "visits": "kunjungan",
    "sites": "kunjungan-lokasi",
    "sectors": "usaha",
    "people": "warga-terdampak",
    "recovery": "pemulihan",
    "curve": "kurva",
    "alerts": "peringatan",
    "years": "tahun-penuh",
    "parts": "bagian-tahun",
    "known-visits": "kunjungan-sumber",
}


@staff_page(Permission.ECONOMY_VIEW)
def download(request: StaffRequest, name: str, form: str) -> HttpResponse:
    """Send a table as it stands now."""
    must_see(request.actor)
    if name not in SHEETS or form not in WRITERS:
        raise Http404
    sheet = SHEETS[name](request)
    notes = [_("Fetched by %(by)s, %(at)s") % _fetched(request.actor.username, now())]
    return as_file(sheet, form, notes)


def _fetched(by: str, at: datetime) -> dict[str, str]:
    return {"by": by, "at": short_moment(at)}


def as_file(sheet: Sheet, form: str, notes: list[str]) -> HttpResponse:
    """Return a table as a file to save."""
    write, kind = WRITERS[form]
    marks = [made_up()] if sheet.synthetic else []
    content = write(
        sheet.full_title,
        sheet.file_heads(),
        [[cell.raw for cell in row] for row in sheet.rows],
        [
            *marks,
            *sheet.notes,
            *notes,
            _("Source: Smart Kampung, the economy in numbers"),
        ],
    )
    response = HttpResponse(content, content_type=kind)
    mark = "-sintetis" if sheet.synthetic else ""
    file_name = f"ekonomi-{FILE_NAMES[sheet.name]}{mark}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _month(request: HttpRequest, figures: Figures) -> date:
    months = figures.months()
    month = asked.month_of(request, today=today()) or (months[-1] if months else None)
    if month is None:
        raise Http404
    return month


def _revenue(request: StaffRequest) -> Sheet:
    figures = figures_for(request.actor, Kind.REVENUE)
    cumulative = request.GET.get("sum") == revenue.UNTIL
    month = _month(request, figures)
    return revenue.revenue_sheet(figures, month, cumulative=cumulative)


def _type(request: StaffRequest) -> Sheet:
    code = request.GET.get("type", "")
    if code not in PARENTS:
        raise Http404
    return revenue.type_sheet(figures_for(request.actor, Kind.REVENUE), code)


def _visits(request: StaffRequest) -> Sheet:
    return visits.month_sheet(figures_for(request.actor, Kind.VISITS))


def _sites(request: StaffRequest) -> Sheet:
    figures = figures_for(request.actor, Kind.VISITS)
    return visits.site_sheet(figures, _month(request, figures))


def _sectors(request: StaffRequest) -> Sheet:
    figures = figures_for(request.actor, Kind.BUSINESSES)
    return businesses.sector_sheet(figures, _month(request, figures))


def _people(request: StaffRequest) -> Sheet:
    return businesses.people_sheet(request.actor)


def _recovery(request: StaffRequest) -> Sheet:
    baseline = baseline_on(today())
    return recovery.curves_sheet(curves(baseline=baseline), baseline)


def _curve(request: StaffRequest) -> Sheet:
    drawn = curves(baseline=baseline_on(today())).get(request.GET.get("curve", ""))
    if drawn is None:
        raise Http404
    return recovery.curve_sheet(drawn)


def known_sheet(name: str) -> Sheet:
    """Return a table of what sources tell."""
    parts = known.parts()
    keys = {"years": "years", "parts": "shorter", "known-visits": "known_visits"}
    sheet = parts[keys[name]]
    assert isinstance(sheet, Sheet)
    return sheet


SHEETS: dict[str, Callable[[StaffRequest], Sheet]] = {
    "revenue": _revenue,
    "type": _type,
    "visits": _visits,
    "sites": _sites,
    "sectors": _sectors,
    "people": _people,
    "recovery": _recovery,
    "curve": _curve,
    "alerts": alerts.alerts_sheet,
    "years": lambda _request: known_sheet("years"),
    "parts": lambda _request: known_sheet("parts"),
    "known-visits": lambda _request: known_sheet("known-visits"),
}
