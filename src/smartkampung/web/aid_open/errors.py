"""Where families were left out or let in wrongly, by wording of the rule and place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.disclosure.queries import (
    Errors,
    errors_for,
    programmes_with_errors,
)
from smartkampung.kernel.language import either
from smartkampung.regions import queries as regions
from smartkampung.regions.codes import inside, level
from smartkampung.regions.maps import map_of
from smartkampung.web.aid_open.present import (
    HIDDEN,
    count,
    legend_up_to,
    wording,
)
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.SUMMARY_VIEW
Part = dict[str, Any]
Found = Mapping[str, Errors]
DEEPER = {"kecamatan"}


@staff_page(VIEW)
def errors(request: StaffRequest) -> HttpResponse:
    """Show the errors that objections proved, in the places of the reader."""
    programmes = programmes_with_errors()
    chosen = _chosen(programmes, request.GET.get("programme", ""))
    within = _within(request.actor, request.GET.get("in", ""))
    places = _places(request.actor, within)
    found = errors_for(request.actor, chosen, [place.code for place in places])
    wordings = sorted({w.number for row in found.values() for w in row.wordings})
    asked = request.GET.get("programme", "")
    context = {
        "exact": request.actor.may(Permission.GRIEVANCE_VIEW),
        "programmes": [_choice(row, row == chosen) for row in programmes],
        "inside": regions.names([within]).get(within, "") if within else "",
        "deep": bool(request.GET.get("in")),
        "asked": asked,
        "map": _map(within, found),
        "legend": legend_up_to([row.total for row in found.values()]),
        "columns": _columns(wordings),
        "rows": [
            _row(place, found[place.code], wordings, asked)
            for place in places
            if place.code in found
        ],
        "hides": any(_hides(row) for row in found.values()),
        "counted_at": max((row.counted_at for row in found.values()), default=None),
    }
    return render(request, "aid_open/errors.html", context)


def _chosen(programmes: Sequence[Any], code: str) -> Any:
    known = [row for row in programmes if row and row.code == code]
    return known[0] if known else next(iter(programmes), None)


def _choice(row: Any, chosen: bool) -> Part:
    name = either(row.name, row.name_en) if row else _("No programme named yet")
    return {"code": row.code if row else "", "name": name, "chosen": chosen}


def _within(actor: Actor, asked: str) -> str:
    """Return the place whose parts are shown: the one asked for, else one's own."""
    own = actor.regions_where(VIEW)
    if asked:
        if not any(inside(asked, region) for region in own):
            raise Http404
        return asked
    return own[0] if len(own) == 1 else ""


def _places(actor: Actor, within: str) -> list[Any]:
    codes = [within] if within else list(actor.regions_where(VIEW))
    if any(level(code) in {"province", "regency"} for code in codes):
        return list(regions.kecamatan_of(codes[0]))
    return list(regions.villages_of(*codes))


def _columns(wordings: Sequence[int]) -> list[Part]:
    kinds = (_("wrongly left out"), _("wrongly on the list"))
    titles = [f"{wording(number)}: {kind}" for number in wordings for kind in kinds]
    return [
        {"title": _("Area"), "number": False},
        {"title": _("All errors"), "number": True},
        *({"title": title, "number": True} for title in titles),
    ]


def _row(place: Any, row: Errors, wordings: Sequence[int], asked: str) -> list[Part]:
    known = {each.number: each for each in row.wordings}
    counts = [row.total]
    for number in wordings:
        counts += [known[number].left_out, known[number].let_in]
    titles = [column["title"] for column in _columns(wordings)[1:]]
    url = f"?programme={asked}&in={place.code}" if place.kind in DEEPER else ""
    return [
        {"text": place.name, "url": url},
        *(
            {"text": count(value), "label": title, "number": True}
            for value, title in zip(counts, titles, strict=True)
        ),
    ]


def _hides(row: Errors) -> bool:
    cells = [row.total, *(w.left_out for w in row.wordings)]
    return None in [*cells, *(w.let_in for w in row.wordings)]


def _map(within: str, found: Found) -> Drawing | None:
    region_map = map_of(within) if within and len(found) > 1 else None
    if region_map is None:
        return None
    colours = shades({code: row.total for code, row in found.items()})

    def spoken(code: str, name: str) -> str:
        return f"{name}: {count(found[code].total) if code in found else HIDDEN}"

    return drawing(
        region_map,
        title=_("Map: errors that objections proved"),
        about=_("The darker an area, the larger its number. The table has the same."),
        url=lambda shape: "",
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )
