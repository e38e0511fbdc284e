"""Which villages reopen, on a map and in a list, and why each is where it is."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import short_day, whole
from smartkampung.regions.codes import ancestor
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import places, regency
from smartkampung.reopening.guidance.rules.phases import Phase
from smartkampung.reopening.pilots.queries.phases import phases_of, phases_on
from smartkampung.reopening.pilots.queries.pilots import (
    all_pilots,
    pilots_of_village,
    turns_of,
)
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.reopening.pilots.queries.rounds import a_round, closed_rounds
from smartkampung.reopening.pilots.rules.states import State, What
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.pages import public_page
from smartkampung.web.pilots import present
from smartkampung.web.pilots.rounds import told

KEPT = 60
# What offices do among themselves until a gate opens is not a public step.
INSIDE = (What.SIGNED, What.EVIDENCE)


@kept_for(KEPT)
@public_page()
def pilots(request: HttpRequest) -> HttpResponse:
    """List every pilot under its kecamatan, and draw where they are."""
    rows = list(all_pilots())
    known, where = phases_on(today()), places({row.village_id for row in rows})
    phases = phases_of([row.village_id for row in rows], today())
    items = [
        {
            "name": where[row.village_id].village,
            "kecamatan": where[row.village_id].kecamatan,
            "url": reverse("pilots_open:village", args=[row.village_id]),
            "tag": present.tag(row.state),
            "phase": present.named(_applies(row, phases, known), known),
            "since": short_day(row.chosen_on),
        }
        for row in rows
    ]
    context = {
        "items": items,
        "map": _map(rows, request.GET.get("in", "")),
        "rounds": closed_rounds(),
        "columns": _columns(),
        "rows": [_cells(item) for item in items],
    }
    return render(request, "pilots/public.html", context)


def _applies(row: Any, phases: dict[str, str], known: dict[str, Phase]) -> str:
    """Return the phase that applies: in a paused village the strictest."""
    return (
        next(iter(known), "") if row.state == State.PAUSED else phases[row.village_id]
    )


def _columns() -> list[dict[str, Any]]:
    heads = (_("Village"), _("Kecamatan"), _("State"), _("Phase that applies"))
    return [{"title": head, "number": False} for head in (*heads, _("Pilot since"))]


def _cells(item: dict[str, Any]) -> list[dict[str, Any]]:
    texts = (item["kecamatan"], item["tag"]["text"], item["phase"], item["since"])
    labels = [column["title"] for column in _columns()]
    first = {"text": item["name"], "url": item["url"], "label": labels[0]}
    rest = [
        {"text": text, "label": label}
        for text, label in zip(texts, labels[1:], strict=True)
    ]
    rest[1]["state"] = item["tag"]["state"]
    return [first, *rest]


def _map(rows: list[Any], inside: str) -> Drawing | None:
    """Return the map of the regency, or of the kecamatan that was asked for."""
    here = regency()
    states = {row.village_id: row.state for row in rows if row.ended_on is None}
    if inside in {ancestor(code, "kecamatan") for code in states}:
        return _villages(inside, states)
    region_map = map_of(here.code) if here and rows else None
    if region_map is None:
        return None
    open_ones = [row for row in rows if row.ended_on is None]
    counts = Counter(ancestor(row.village_id, "kecamatan") for row in open_ones)
    colours = shades({code: float(count) for code, count in counts.items()}, steps=2)

    def spoken(code: str, name: str) -> str:
        words = ngettext("%(n)s pilot", "%(n)s pilots", counts[code])
        return f"{name}: {words % {'n': whole(counts[code])}}"

    return drawing(
        region_map,
        title=_("Map: where villages reopen first"),
        about=_("The darker a kecamatan, the more pilots. The table has the same."),
        url=lambda shape: f"?in={shape.code}" if counts[shape.code] else "",
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )


def _villages(kecamatan: str, states: dict[str, str]) -> Drawing | None:
    region_map = map_of(kecamatan)
    if region_map is None:
        return None

    def spoken(code: str, name: str) -> str:
        told = present.tag(states[code])["text"] if code in states else ""
        return f"{name}: {told or _('not a pilot')}"

    def url(code: str) -> str:
        return reverse("pilots_open:village", args=[code]) if code in states else ""

    called = places([kecamatan])[kecamatan].kecamatan
    return drawing(
        region_map,
        title=_("Villages of %(name)s") % {"name": called},
        about=_("The darker a kecamatan, the more pilots. The table has the same."),
        url=lambda shape: url(shape.code),
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: "shade-2" if shape.code in states else "shade-none",
    )


@kept_for(KEPT)
@public_page()
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what happened in a village, with reasons and dates, and what applies now."""
    rows = list(pilots_of_village(code))
    if not rows:
        raise Http404
    turns = [turn for turn in turns_of(code) if turn.what not in INSIDE]
    regime = regime_on(code, today())
    context = {
        "row": rows[0],
        "name": places([code])[code],
        "tag": present.tag(rows[0].state),
        "regime": regime,
        "in_force": present.phase_name(regime.phase) if regime else "",
        "stands_in": present.phase_words(code, today()),
        "history": present.history(turns),
    }
    return render(request, "pilots/village.html", context)


@kept_for(KEPT)
@public_page()
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the villages of a kecamatan were chosen."""
    row = a_round(pk)
    if row.closed_at is None:
        raise Http404
    return render(request, "pilots/public_round.html", told(row, public=True))
