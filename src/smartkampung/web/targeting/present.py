"""What a scenario comes to, alone or beside another, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.small_cells import TOTAL, Shown, protected, shown_count
from smartkampung.kernel.wording import percent, whole
from smartkampung.recovery.targeting.queries.outcome import SHARES, moved
from smartkampung.recovery.targeting.queries.people import permission_for
from smartkampung.recovery.targeting.queries.scenarios import Figures
from smartkampung.recovery.targeting.rules.estimates import FEWEST, Estimate
from smartkampung.regions.codes import ancestor, inside, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names, regency
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.targeting import words

Part = dict[str, Any]
CHOSEN, OTHERS = "chosen", "others"
NOBODY: dict[str, int | None] = {CHOSEN: 0, OTHERS: 0, TOTAL: 0}


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


def sees_all(actor: Actor, population: str) -> bool:
    """Say whether small counts are shown: to whoever may see the names anyway."""
    return actor.may(permission_for(population))


def beside(
    sides: list[Side], population: str, *, area: str, address: str, whole_truth: bool
) -> dict[str, Any]:
    """Return figures of one or two sides: shares, errors, maps and the table by area.

    ``address`` ends with "?" or "&" and gets the area to look at. Without the
    ``whole_truth`` counts that point at people are hidden.
    """
    counts = [_counts(side, area, whole_truth) for side in sides]
    return {
        "shares": _shares(sides, population, whole_truth),
        "errors": [_errors(side, whole_truth) for side in sides],
        "short": [
            {
                "side": side.name if len(sides) > 1 else "",
                **short,
                "has": told(short["has"] if whole_truth else shown_count(short["has"])),
            }
            for side in sides
            for short in side.figures.short
        ],
        "areas": _areas(sides, counts, area, address),
        "maps": _maps(sides, counts, area, address),
        "legend": _legend(counts),
        "area_name": names([area]).get(area, area),
        "above": address if area and level(area) == "kecamatan" else "",
    }


def changes(before: Side, after: Side, *, whole_truth: bool) -> Part:
    """Return how many enter and leave, and who."""
    entering, leaving = moved(before.figures.chosen, after.figures.chosen)
    return {
        "entering": entering,
        "leaving": leaving,
        "entering_count": _many(entering, whole_truth),
        "leaving_count": _many(leaving, whole_truth),
    }


def told(count: int | None) -> str:
    """Return a count, or that it is too small to be shown."""
    return "< 5" if count is None else whole(count)


def _counts(side: Side, area: str, whole_truth: bool) -> Shown:
    """Return, by area, how many are chosen and how many others are in the ranking."""
    found = side.figures.tallies
    wide = bool(area) and level(area) == "regency"
    ranked = _summed(found.ranked_by_village, area, wide)
    chosen = _summed(found.by_village, area, wide)
    table = {
        code: {
            CHOSEN: chosen.get(code, 0),
            OTHERS: ranked.get(code, 0) - chosen.get(code, 0),
        }
        for code in sorted({*ranked, *chosen})
    }
    return _shown(table, whole_truth)


def _shown(table: dict[str, dict[str, int]], whole_truth: bool) -> Shown:
    if table and not whole_truth:
        return protected(table)
    shown: Shown = {
        row: {**cells, TOTAL: sum(cells.values())} for row, cells in table.items()
    }
    columns = {name for row in shown.values() for name in row}
    shown[TOTAL] = {
        name: sum(row[name] or 0 for row in shown.values()) for name in columns
    }
    return shown


def _many(people: list[int], whole_truth: bool) -> str:
    return told(len(people) if whole_truth else shown_count(len(people)))


def _shares(sides: list[Side], population: str, whole_truth: bool) -> Part:
    titles = [
        {"title": _("Among those with a place"), "number": False},
        *({"title": side.name, "number": True} for side in sides),
        {"title": _("Among all"), "number": True},
    ]
    labels = words.SHARES[population]
    rows = []
    for name in SHARES:
        cells: list[Part] = [{"text": labels[name]}]
        for side in sides:
            had, every = _marked(side, name, whole_truth)
            cells.append({"text": had, "label": side.name, "number": True})
        # Both sides rank the same people: what one hides the other does not tell.
        cells.append({"text": every, "label": _("Among all"), "number": True})
        rows.append(cells)
    return {"columns": titles, "rows": rows}


def _marked(side: Side, name: str, whole_truth: bool) -> tuple[str, str]:
    """Return the share of a mark among the chosen, and among all."""
    found = side.figures.tallies
    yes, all_yes = found.marked[name], found.marked_all[name]
    table = {
        CHOSEN: {"yes": yes, "no": found.chosen - yes},
        OTHERS: {"yes": all_yes - yes},
    }
    table[OTHERS]["no"] = found.ranked - found.chosen - table[OTHERS]["yes"]
    shown = _shown(table, whole_truth)
    had, every = shown[CHOSEN], shown[TOTAL]
    return (
        _part(had["yes"], had["no"], found.chosen),
        _part(every["yes"], every["no"], found.ranked),
    )


def _part(yes: int | None, no: int | None, of: int) -> str:
    return told(None) if yes is None or no is None else share(yes, of)


def share(part: int, of: int) -> str:
    """Return "12 (34,3%)", or "–" where there is nobody."""
    return f"{whole(part)} ({percent(100 * part / of)})" if of else "–"


def _errors(side: Side, whole_truth: bool) -> Part:
    found = side.figures.tallies
    needy = found.marked_all["checked_needy"]
    samples = [
        told(count if whole_truth else shown_count(count))
        for count in (found.checked, needy)
    ]
    return {
        "name": side.name,
        "inclusion": estimated(found.inclusion, samples[0]),
        "exclusion": estimated(found.exclusion, samples[1]),
    }


def estimated(found: Estimate | None, sample: str) -> str:
    """Return a share with its interval and sample, or why there is none."""
    if found is None:
        return _(
            "cannot estimate: checked in the field: %(sample)s; needed: %(fewest)s"
        ) % {"sample": sample, "fewest": FEWEST}
    return _("%(share)s (95%% interval %(low)s to %(high)s; %(sample)s checked)") % {
        "share": percent(found.share),
        "low": percent(found.low),
        "high": percent(found.high),
        "sample": whole(found.sample),
    }


def _areas(sides: list[Side], counts: list[Shown], area: str, address: str) -> Part:
    wide = bool(area) and level(area) == "regency"
    codes = sorted({code for one in counts for code in one} - {TOTAL})
    called = names(codes)
    titles = [_("Area"), _("In the ranking"), *(side.name for side in sides)]
    if len(sides) > 1:
        titles.append(_("Difference"))
    rows = []
    for code in codes:
        found = [one.get(code, NOBODY)[CHOSEN] for one in counts]
        # Everybody is shown where no side hides them.
        ranked = [one.get(code, NOBODY)[TOTAL] for one in counts]
        shown = [told(None if None in ranked else ranked[-1]), *map(told, found)]
        if len(sides) > 1:
            shown.append(_difference(found[0], found[-1]))
        url = f"{address}in={code}" if wide and code else ""
        head = {"text": called.get(code, code) or _("Without a village"), "url": url}
        cells = zip(titles[1:], shown, strict=True)
        rows.append(
            [head, *({"text": t, "label": k, "number": True} for k, t in cells)]
        )
    columns = [{"title": title, "number": at > 0} for at, title in enumerate(titles)]
    return {"columns": columns, "rows": rows}


def _difference(before: int | None, after: int | None) -> str:
    return "–" if before is None or after is None else signed(after - before)


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


def _maps(
    sides: list[Side], counts: list[Shown], area: str, address: str
) -> list[Drawing]:
    region_map = map_of(area) if area else None
    if region_map is None:
        return []
    wide = level(area) == "regency"
    # One scale for both, or they could not be compared.
    colours = shades(
        {
            f"{at}:{shape.code}": float(one.get(shape.code, NOBODY)[CHOSEN] or 0)
            for at, one in enumerate(counts)
            for shape in region_map.shapes
        }
    )
    return [
        drawing(
            region_map,
            key=f"map-{at}",
            title=_("Map: who has a place. %(side)s") % {"side": side.name},
            about=_("The darker an area, the more places. The table has the numbers."),
            url=lambda shape: f"{address}in={shape.code}" if wide else "",
            spoken=_spoken(counts[at]),
            shade=_shade(colours, at),
        )
        for at, side in enumerate(sides)
    ]


def _spoken(counts: Shown) -> Any:
    return lambda shape: f"{shape.name}: {told(counts.get(shape.code, NOBODY)[CHOSEN])}"


def _shade(colours: Mapping[str, str], at: int) -> Any:
    return lambda shape: colours[f"{at}:{shape.code}"]


def _legend(counts: list[Shown]) -> list[Part]:
    most = max(
        (
            row[CHOSEN] or 0
            for one in counts
            for code, row in one.items()
            if code != TOTAL
        ),
        default=0,
    )
    entries = [{"shade": "shade-none", "text": _("nobody")}]
    steps = [(step, most * step // 4) for step in range(1, 5)]
    for step, top in steps:
        if top > dict(steps).get(step - 1, 0):
            text = _("up to %(most)s") % {"most": whole(top)}
            entries.append({"shade": f"shade-{step}", "text": text})
    return entries
