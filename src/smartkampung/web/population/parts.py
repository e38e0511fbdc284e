"""What the population pages show, as plain values."""

import csv
import io
from typing import Any

from django.urls import reverse
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import inside, level
from smartkampung.residents.imports.reading.cells import guard
from smartkampung.residents.queries.population import (
    FIELDS,
    Flow,
    Report,
    places_for,
)
from smartkampung.web.core.drawing import bars
from smartkampung.web.population.months import Month

Part = dict[str, Any]
TITLES: dict[str, Promise] = {
    "opening": gettext_lazy("At the beginning"),
    "births": gettext_lazy("Born"),
    "deaths": gettext_lazy("Died"),
    "moved_in": gettext_lazy("Moved in"),
    "moved_out": gettext_lazy("Moved out"),
    "missing": gettext_lazy("Missing"),
    "found": gettext_lazy("Found again"),
    "closing": gettext_lazy("At the end"),
}
IN_CSV: dict[str, Promise] = {
    **{name: TITLES[name] for name in FIELDS if name in TITLES},
    "came": gettext_lazy("From outside the regency"),
    "joined": gettext_lazy("From elsewhere in the regency"),
    "parted": gettext_lazy("To elsewhere in the regency"),
    "went": gettext_lazy("To outside the regency"),
}
DRAWN = {"births": "ok", "deaths": "late", "moved_in": "ok", "moved_out": "late"}
# Below an RT there is nothing, and an RT has too few people to be a part to open.
NOBODY = Flow()
LAST_TO_OPEN = {"rw", "rt"}


def report(actor: Actor, found: Report, month: Month) -> Part:
    """Return the numbers, the bars and the table of a month."""
    return {
        **_place(actor, found),
        "month": str(month),
        "title": month_words(month),
        "until": found.closing if found.closing == today() else None,
        "before": str(month.before),
        "after": str(month.after) if month.after.first <= today() else "",
        "numbers": _numbers(found.whole),
        "bars": _bars(found.whole),
        "columns": _columns(TITLES),
        "rows": _rows(found, TITLES, f"?month={month}"),
        "total": _cells(_("All"), found.whole, TITLES),
        "several": len(found.names) > 1,
    }


def day(actor: Actor, found: Report) -> Part:
    """Return how many lived where on a day."""
    shown: dict[str, Promise] = {"closing": gettext_lazy("People")}
    ordered = sorted(found.parts.items(), key=lambda item: -item[1].closing)
    return {
        **_place(actor, found),
        "people": whole(found.whole.closing),
        "bars": bars(
            [
                (
                    found.names[code],
                    flow.closing,
                    whole(flow.closing),
                    "",
                    _url(code, "population:day", f"?on={found.closing.isoformat()}"),
                )
                for code, flow in ordered
                if flow.closing
            ]
        ),
        "columns": _columns(shown),
        "rows": _rows(found, shown, ""),
    }


def month_words(month: Month) -> str:
    """Return "Oktober 2026"."""
    return dateformat.format(month.first, "F Y")


def csv_of(found: Report) -> str:
    """Return the report as a table for a spreadsheet, the whole in the last line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Code"), _("Area"), *(str(IN_CSV[name]) for name in FIELDS)])
    for code, flow in found.parts.items():
        writer.writerow([code, guard(found.names[code]), *_counts(flow)])
    writer.writerow([found.code, guard(found.name), *_counts(found.whole)])
    return "\ufeff" + out.getvalue()


def _counts(flow: Flow) -> list[int]:
    return [getattr(flow, name) for name in FIELDS]


def _place(actor: Actor, found: Report) -> Part:
    above = found.code.rpartition(".")[0]
    upward = any(inside(above, own) for own in places_for(actor))
    return {"code": found.code, "name": found.name, "above": above if upward else ""}


def _numbers(flow: Flow) -> list[Part]:
    change = flow.closing - flow.opening
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return [
        {"value": whole(flow.closing), "meaning": _("people at the end")},
        {
            "value": f"{sign}{whole(abs(change))}",
            "meaning": _("more or fewer than at the beginning"),
        },
    ]


def _bars(flow: Flow) -> list[Any]:
    rows = [
        (str(TITLES[name]), getattr(flow, name), whole(getattr(flow, name)), state, "")
        for name, state in DRAWN.items()
    ]
    return bars(rows)


def _columns(shown: dict[str, Promise]) -> list[Part]:
    titles = [_("Area"), *(str(title) for title in shown.values())]
    return [{"title": title, "number": at > 0} for at, title in enumerate(titles)]


def _rows(found: Report, shown: dict[str, Promise], query: str) -> list[list[Part]]:
    return [
        _cells(found.names[code], flow, shown, _url(code, "population:report", query))
        for code, flow in found.parts.items()
        # Parts in which nobody lived or came say nothing.
        if flow != NOBODY or len(found.parts) == 1
    ]


def _url(code: str, page: str, query: str) -> str:
    return "" if level(code) in LAST_TO_OPEN else reverse(page, args=[code]) + query


def _cells(
    name: str, flow: Flow, shown: dict[str, Promise], url: str = ""
) -> list[Part]:
    counts = [
        {"text": whole(getattr(flow, key)), "label": title, "number": True}
        for key, title in shown.items()
    ]
    return [{"text": name, "url": url}, *counts]
