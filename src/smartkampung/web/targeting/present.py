"""What a scenario comes to, alone or beside another, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.kernel.wording import percent, whole
from smartkampung.recovery.targeting.queries.outcome import SHARES, moved
from smartkampung.recovery.targeting.queries.scenarios import Figures
from smartkampung.recovery.targeting.rules.estimates import FEWEST, Estimate
from smartkampung.regions.codes import ancestor, inside, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names, regency
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.targeting import words

Part = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """One of the things that are compared, under a name."""

    name: str
    figures: Figures


def area_of(asked: str) -> str:
    """Return the area that is shown: a kecamatan when asked for, else the regency."""
    here = regency()
    whole_area = here.code if here else ""
    known = asked.replace(".", "").isdecimal() and asked.isascii()
    if known and inside(asked, whole_area) and level(asked) == "kecamatan":
        return asked
    return whole_area


def beside(
    sides: list[Side], population: str, *, area: str, address: str
) -> dict[str, Any]:
    """Return figures of one or two sides: shares, errors, maps and the table by area.

    ``address`` ends with "?" or "&" and gets the area to look at.
    """
    return {
        "shares": _shares(sides, population),
        "errors": [_errors(side) for side in sides],
        "short": [
            {"side": side.name if len(sides) > 1 else "", **short}
            for side in sides
            for short in side.figures.short
        ],
        "areas": _areas(sides, area, address),
        "maps": _maps(sides, area, address),
        "legend": _legend(sides, area),
        "area_name": names([area]).get(area, area),
        "above": address if area and level(area) == "kecamatan" else "",
    }


def changes(before: Side, after: Side) -> Part:
    """Return how many enter and leave, and who."""
    entering, leaving = moved(before.figures.chosen, after.figures.chosen)
    return {
        "entering": entering,
        "leaving": leaving,
        "entering_count": whole(len(entering)),
        "leaving_count": whole(len(leaving)),
    }


def _shares(sides: list[Side], population: str) -> Part:
    titles = [
        {"title": _("Among those with a place"), "number": False},
        *({"title": side.name, "number": True} for side in sides),
        {"title": _("Among all"), "number": True},
    ]
    labels = words.SHARES[population]
    last = sides[-1].figures.tallies
    rows = []
    for name in SHARES:
        cells: list[Part] = [{"text": labels[name]}]
        for side in sides:
            found = side.figures.tallies
            shown = share(found.marked[name], found.chosen)
            cells.append({"text": shown, "label": side.name, "number": True})
        all_of = share(last.marked_all[name], last.ranked)
        cells.append({"text": all_of, "label": _("Among all"), "number": True})
        rows.append(cells)
    return {"columns": titles, "rows": rows}


def share(part: int, of: int) -> str:
    """Return "12 (34,3%)", or "–" where there is nobody."""
    return f"{whole(part)} ({percent(100 * part / of)})" if of else "–"


def _errors(side: Side) -> Part:
    found = side.figures.tallies
    needy = found.marked_all["checked_needy"]
    return {
        "name": side.name,
        "inclusion": estimated(found.inclusion, found.checked),
        "exclusion": estimated(found.exclusion, needy),
    }


def estimated(found: Estimate | None, sample: int) -> str:
    """Return a share with its interval and sample, or why there is none."""
    if found is None:
        return _(
            "cannot estimate: %(sample)s were checked in the field, %(fewest)s are needed"
        ) % {"sample": whole(sample), "fewest": FEWEST}
    return _("%(share)s (95%% interval %(low)s to %(high)s; %(sample)s checked)") % {
        "share": percent(found.share),
        "low": percent(found.low),
        "high": percent(found.high),
        "sample": whole(found.sample),
    }


def _areas(sides: list[Side], area: str, address: str) -> Part:
    wide = bool(area) and level(area) == "regency"
    ranked = _summed(sides[-1].figures.tallies.ranked_by_village, area, wide)
    chosen = [_summed(side.figures.tallies.by_village, area, wide) for side in sides]
    codes = sorted({*ranked, *(code for one in chosen for code in one)})
    called = names(codes)
    titles = [_("Area"), _("In the ranking"), *(side.name for side in sides)]
    if len(sides) > 1:
        titles.append(_("Difference"))
    rows = []
    for code in codes:
        counts = [one.get(code, 0) for one in chosen]
        shown = [whole(ranked.get(code, 0)), *map(whole, counts)]
        if len(sides) > 1:
            shown.append(signed(counts[-1] - counts[0]))
        url = f"{address}in={code}" if wide and code else ""
        head = {"text": called.get(code, code) or _("Without a village"), "url": url}
        cells = zip(titles[1:], shown, strict=True)
        rows.append(
            [head, *({"text": t, "label": k, "number": True} for k, t in cells)]
        )
    columns = [{"title": title, "number": at > 0} for at, title in enumerate(titles)]
    return {"columns": columns, "rows": rows}


def signed(count: int) -> str:
    """Return "+3", "−2" or "0"."""
    mark = "+" if count > 0 else "−" if count < 0 else ""
    return f"{mark}{whole(abs(count))}"


def _summed(villages: Mapping[str, int], area: str, wide: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, count in villages.items():
        if area and code and not inside(code, area):
            continue
        if not code and not wide:
            continue
        key = ancestor(code, "kecamatan") if wide and code else code
        found[key] = found.get(key, 0) + count
    return found


def _maps(sides: list[Side], area: str, address: str) -> list[Drawing]:
    region_map = map_of(area) if area else None
    if region_map is None:
        return []
    wide = level(area) == "regency"
    counts = [_summed(side.figures.tallies.by_village, area, wide) for side in sides]
    # One scale for both, or they could not be compared.
    colours = shades(
        {
            f"{at}:{shape.code}": float(count.get(shape.code, 0))
            for at, count in enumerate(counts)
            for shape in region_map.shapes
        }
    )
    return [
        drawing(
            region_map,
            key=f"map-{at}",
            title=_("Map: people with a place. %(side)s") % {"side": side.name},
            about=_("The darker an area, the more places. The table has the numbers."),
            url=lambda shape: f"{address}in={shape.code}" if wide else "",
            spoken=_spoken(counts[at]),
            shade=_shade(colours, at),
        )
        for at, side in enumerate(sides)
    ]


def _spoken(counts: Mapping[str, int]) -> Any:
    return lambda shape: f"{shape.name}: {whole(counts.get(shape.code, 0))}"


def _shade(colours: Mapping[str, str], at: int) -> Any:
    return lambda shape: colours[f"{at}:{shape.code}"]


def _legend(sides: list[Side], area: str) -> list[Part]:
    wide = bool(area) and level(area) == "regency"
    most = max(_most(_summed(s.figures.tallies.by_village, area, wide)) for s in sides)
    entries = [{"shade": "shade-none", "text": _("nobody")}]
    steps = [(step, most * step // 4) for step in range(1, 5)]
    for step, top in steps:
        if top > dict(steps).get(step - 1, 0):
            text = _("up to %(most)s") % {"most": whole(top)}
            entries.append({"shade": f"shade-{step}", "text": text})
    return entries


def _most(counts: Mapping[str, int]) -> int:
    values: Iterable[int] = counts.values()
    return max(values, default=0)
