"""What pages of rules show, as plain values."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.aid.queries.eligible import Place, Preview
from smartkampung.criteria.kinds import Kind
from smartkampung.criteria.queries import registry
from smartkampung.criteria.rules import Rule, criteria
from smartkampung.criteria.words import said, sentence
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import ancestor, inside, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names
from smartkampung.web.core.drawing import Drawing, drawing, shades

AROUND = 2
WIDE = ("province", "regency")
COUNTS = ("families", "eligible", "gained", "lost")


def origins(rule: Rule) -> list[dict[str, str]]:
    """Return the facts of a rule and where they come from."""
    used = dict.fromkeys(one.fact for one in criteria(rule))
    facts = [registry().facts[name] for name in used]
    return [{"label": said(f.label), "origin": said(f.origin)} for f in facts]


def asked_numbers(rule: Rule, changed: Mapping[int, Any]) -> list[dict[str, Any]]:
    """Return the numbers of a rule that one may try out, with a few beside each."""
    facts = registry().facts
    return [
        {
            "name": f"c{at}",
            "label": said(facts[one.fact].label),
            "unit": said(facts[one.fact].unit),
            "value": changed.get(at, one.value),
            "near": [
                n
                for n in range(one.value - AROUND, one.value + AROUND + 1)
                if n >= 0 and n != one.value
            ],
        }
        for at, one in enumerate(criteria(rule))
        if facts[one.fact].kind is Kind.NUMBER
    ]


def left_out(rule: Rule, found: Preview) -> list[dict[str, str]]:
    """Return each criterion with whom it leaves out."""
    return [
        {
            "text": sentence(one, registry().facts),
            "failing": whole(found.failing[at]),
            "unknown": whole(found.unknown[at]),
            "only": whole(found.only[at]),
        }
        for at, one in enumerate(criteria(rule))
    ]


def parts(found: Preview, area: str, address: str) -> list[dict[str, str]]:
    """Return the table of an area: a regency by kecamatan, a kecamatan by village.

    217 villages are a table for a desk, and a page of 50,000 pixels on a phone.
    """
    wide = level(area) in WIDE
    rows: dict[str, list[Place]] = {}
    for place in found.places:
        code = ancestor(place.code, "kecamatan") if wide else place.code
        rows.setdefault(code, []).append(place)
    called = names(rows)
    return [
        {
            "name": called.get(code, code),
            "url": f"{address}&in={code}" if wide else "",
            **{of: whole(sum(getattr(one, of) for one in of_it)) for of in COUNTS},
        }
        for code, of_it in rows.items()
    ]


def drawn(found: Preview, area: str, address: str) -> Drawing | None:
    """Return the map of an area by its parts, the darker the more qualify."""
    region_map = map_of(area)
    if region_map is None:
        return None
    values = {
        shape.code: float(
            sum(p.eligible for p in found.places if inside(p.code, shape.code))
        )
        for shape in region_map.shapes
    }
    colours = shades(values)
    deeper = level(area) in WIDE
    return drawing(
        region_map,
        title=_("Map: families that qualify"),
        about=_("The darker an area, the more families. The table has the numbers."),
        url=lambda shape: f"{address}&in={shape.code}" if deeper else "",
        spoken=lambda shape: f"{shape.name}: {whole(int(values[shape.code]))}",
        shade=lambda shape: colours[shape.code],
    )


def address_of(code: str, asked: Mapping[str, str]) -> str:
    """Return the address of a preview with what is tried, without the area."""
    kept = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('aid_rules:preview', args=[code])}?{kept}"
