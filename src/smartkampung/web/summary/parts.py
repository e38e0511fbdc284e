"""What the summary page shows, as plain values."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.aid.queries.summary import IN_TIME, LATE, OVERDUE, RUNNING, Summary
from smartkampung.kernel.small_cells import TOTAL
from smartkampung.kernel.wording import percent, whole
from smartkampung.regions.maps import map_of
from smartkampung.web.core.drawing import Drawing, bars, drawing, shades

HIDDEN = "–"
KEPT = "kept"
MEASURES: dict[str, Promise] = {
    TOTAL: gettext_lazy("People reported"),
    OVERDUE: gettext_lazy("Overdue"),
    RUNNING: gettext_lazy("Within their time"),
    LATE: gettext_lazy("Done after 7 days"),
    KEPT: gettext_lazy("Done within 7 days, in percent"),
}
ORDER = (TOTAL, RUNNING, OVERDUE, LATE, KEPT)


def summary(counts: Summary, *, measure: str) -> dict[str, Any]:
    """Return the numbers, the map, the bars and the table of one measure."""
    chosen = measure if measure in MEASURES else TOTAL
    values = {place: _value(counts, place, chosen) for place in counts.names}
    return {
        "numbers": _numbers(counts),
        "measures": [
            {"key": key, "label": label, "chosen": key == chosen}
            for key, label in MEASURES.items()
        ],
        "chosen": MEASURES[chosen],
        "map": _map(counts, values, chosen),
        "legend": _legend(values, chosen),
        "bars": _bars(counts, values, chosen),
        "columns": _columns(),
        "rows": [_row(counts, place, name) for place, name in counts.names.items()],
        "total": _row(counts, TOTAL, _("All")),
        "many": len(counts.names) > 1,
        "hides": any(None in cells.values() for cells in counts.counts.values()),
    }


def _value(counts: Summary, place: str, measure: str) -> float | None:
    if measure == KEPT:
        return counts.part_in_time(place)
    return counts.counts[place][measure]


def _text(counts: Summary, place: str, measure: str) -> str:
    cells = counts.counts[place]
    if measure == KEPT and cells[IN_TIME] == 0 and cells[LATE] == 0:
        return ""
    return _words(_value(counts, place, measure), measure)


def _words(value: float | None, measure: str) -> str:
    if value is None:
        return HIDDEN
    return percent(value) if measure == KEPT else whole(int(value))


def _numbers(counts: Summary) -> list[dict[str, Any]]:
    total = counts.counts[TOTAL]
    kept = counts.part_in_time()
    late = bool(total[OVERDUE])
    return [
        {"value": _words(total[TOTAL], TOTAL), "meaning": _("people were reported")},
        {
            "value": _words(kept, KEPT),
            "meaning": _("of finished cases were done within 7 days"),
        },
        {
            "value": _words(total[OVERDUE], OVERDUE),
            "meaning": _("cases are past their date"),
            "tag": _("overdue") if late else "",
            "state": "late",
        },
        {
            "value": _words(total[RUNNING], RUNNING),
            "meaning": _("cases are still within their time"),
        },
    ]


def _map(
    counts: Summary, values: Mapping[str, float | None], measure: str
) -> Drawing | None:
    found = map_of(counts.inside) if counts.inside else None
    if found is None or len(counts.names) < 2:
        return None
    colours = shades(values)
    return drawing(
        found,
        title=_("Map: %(measure)s") % {"measure": MEASURES[measure]},
        about=_(
            "The darker an area, the larger its number. The table has the numbers."
        ),
        url=lambda shape: "",
        spoken=lambda shape: f"{shape.name}: {_words(values.get(shape.code), measure)}",
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )


def _legend(values: Mapping[str, float | None], measure: str) -> list[dict[str, str]]:
    most = max((value for value in values.values() if value), default=0)
    entries = [{"shade": "shade-none", "text": _("none, or not shown")}]
    for step in range(1, 5) if most else ():
        text = _("up to %(most)s") % {"most": _words(most * step / 4, measure)}
        entries.append({"shade": f"shade-{step}", "text": text})
    return entries


def _bars(
    counts: Summary, values: Mapping[str, float | None], measure: str
) -> list[Any]:
    state = "late" if measure in {OVERDUE, LATE} else ""
    ordered = sorted(counts.names.items(), key=lambda item: -(values[item[0]] or 0))
    return bars(
        [
            (name, values[place] or 0, _words(values[place], measure), state, "")
            for place, name in ordered
        ]
    )


def _columns() -> list[dict[str, Any]]:
    titles = [_("Area"), *(str(MEASURES[key]) for key in ORDER)]
    return [{"title": title, "number": at > 0} for at, title in enumerate(titles)]


def _row(counts: Summary, place: str, name: str) -> list[dict[str, Any]]:
    cells = [
        {
            "text": _text(counts, place, key),
            "label": MEASURES[key],
            "number": True,
        }
        for key in ORDER
    ]
    return [{"text": name}, *cells]
