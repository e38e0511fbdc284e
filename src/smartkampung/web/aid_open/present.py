"""Turns public figures into the plain values that templates show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.aid.disclosure.queries import Errors, Figure, Posted
from smartkampung.aid.disclosure.words import NEXT, STAGES
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, short_day, whole
from smartkampung.regions.codes import level
from smartkampung.regions.maps import map_of
from smartkampung.web.aid_staff.present import amount
from smartkampung.web.aid_staff.words import PERIODS, UNITS
from smartkampung.web.core.drawing import Drawing, drawing, shades

Part = dict[str, Any]
HIDDEN = "–"
KINDS = {"desa": "Desa", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan"}
COLUMNS: tuple[tuple[Promise, bool], ...] = (
    (gettext_lazy("On the list, or served before"), True),
    (gettext_lazy("Received"), True),
    (gettext_lazy("Still waiting"), True),
    (gettext_lazy("Given out here"), True),
    (gettext_lazy("Where it stands"), False),
)


def columns() -> list[Part]:
    """Return the heads of the table of figures."""
    titles = [{"title": title, "number": number} for title, number in COLUMNS]
    return [{"title": _("Programme or area"), "number": False}, *titles]


def programme_row(figure: Figure) -> list[Part]:
    """Return the row of a programme."""
    row = figure.programme
    url = reverse("aid_open:programme", args=[row.code])
    return [{"text": either(row.name, row.name_en), "url": url}, *_cells(figure)]


def part_rows(
    programme: Any, parts: Sequence[Any], found: Mapping[str, Figure]
) -> list[list[Part]]:
    """Return a row for each part of a place that has figures."""
    return [
        [{"text": part.name, "url": address(programme, part.code)}, *_cells(figure)]
        for part in parts
        if (figure := found.get(part.code))
    ]


def _cells(figure: Figure) -> list[Part]:
    texts = [
        count(figure.total),
        count(figure.received),
        count(figure.waiting),
        _sum(figure),
        " ".join(filter(None, [f"{stage(figure)}", _next(figure)])),
    ]
    return [
        {"text": text, "label": label, "number": number}
        for text, (label, number) in zip(texts, COLUMNS, strict=True)
    ]


def _next(figure: Figure) -> str:
    if figure.next_on is None:
        return ""
    return f"({NEXT[figure.stage]} {short_day(figure.next_on)})"


def count(value: int | None) -> str:
    """Return a number in words of the reader, or the mark of a hidden one."""
    return HIDDEN if value is None else whole(value)


def _sum(figure: Figure) -> str:
    if figure.given is None:
        return HIDDEN
    if not figure.given:
        return "0"
    return amount(figure.given, figure.programme.commodity)


def numbers(figure: Figure) -> list[Part]:
    """Return the large numbers of a page, each with its meaning."""
    people = figure.programme.unit == "person"
    listed = (
        _("people on the list, or served before")
        if people
        else _("families on the list, or served before")
    )
    return [
        {"value": count(figure.total), "meaning": listed},
        {"value": count(figure.received), "meaning": _("of them received aid")},
        {
            "value": count(figure.waiting),
            "meaning": _("of them wait, as far as is written down"),
        },
        {"value": _sum(figure), "meaning": _("given out or paid in this system")},
    ]


def stage(figure: Figure) -> str:
    """Return where it stands, in words."""
    return str(STAGES[figure.stage])


def next_date(figure: Figure) -> str:
    """Return "handed over: Thursday, 28 May 2020", or nothing."""
    if figure.next_on is None:
        return ""
    return f"{NEXT[figure.stage]} {long_day(figure.next_on)}"


def hides(found: Iterable[Figure]) -> bool:
    """Say whether some number is hidden."""
    return any(None in (f.total, f.waiting, f.given) for f in found)


def gives(programme: Any) -> str:
    """Return "Rp600.000 per family, every month"."""
    what = amount(programme.amount, programme.commodity)
    return f"{what} {UNITS[programme.unit]}, {PERIODS[programme.period]}"


def place_name(place: Any) -> str:
    """Return "Desa Sumberwangi"."""
    return f"{KINDS.get(place.kind, '')} {place.name}".strip()


def address(programme: Any, code: str) -> str:
    """Return the address of a programme in a place."""
    if level(code) == "regency":
        return reverse("aid_open:programme", args=[programme.code])
    return reverse("aid_open:place", args=[programme.code, code])


def objection(programme: Any, posted: Posted) -> str:
    """Return where somebody objects to a name of a list, its place filled in."""
    place = {
        "village": posted.village_code,
        "programme": programme.code,
        "listing": posted.number,
    }
    return reverse("grievance:fill", args=["listed"]) + "?" + urlencode(place)


def map_of_parts(
    programme: Any, place: Any, found: Mapping[str, Figure]
) -> Drawing | None:
    """Return the map of a place, darker where more are on the list."""
    region_map = map_of(place.code) if found else None
    if region_map is None:
        return None
    colours = shades({code: figure.total for code, figure in found.items()})

    def spoken(code: str, name: str) -> str:
        figure = found.get(code)
        return f"{name}: {count(figure.total) if figure else HIDDEN}"

    return drawing(
        region_map,
        title=_("Map: on the list, or served before"),
        about=_("The darker an area, the larger its number. The table has the same."),
        url=lambda shape: address(programme, shape.code),
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )


def legend(found: Mapping[str, Figure]) -> list[Part]:
    """Return what the shades of the map mean."""
    return legend_up_to([figure.total for figure in found.values()])


def legend_up_to(counts: Iterable[int | None]) -> list[Part]:
    """Return what shades mean that go up to the largest of some counts."""
    most = max((each or 0 for each in counts), default=0)
    entries = [{"shade": "shade-none", "text": _("none, or not shown")}]
    for step in range(1, 5) if most else ():
        text = _("up to %(most)s") % {"most": whole(most * step // 4)}
        entries.append({"shade": f"shade-{step}", "text": text})
    return entries


def wording(number: int) -> str:
    """Return "Rule, version 3"."""
    if not number:
        return _("No rule")
    return _("Rule, version %(number)d") % {"number": number}


def error_rows(found: Errors | None) -> Part | None:
    """Return the errors that objections proved, as the table of a public page."""
    if found is None:
        return None
    titles = (_("wrongly left out"), _("wrongly on the list"))
    rows = [
        [
            {"text": wording(row.number)},
            {"text": count(row.left_out), "label": titles[0], "number": True},
            {"text": count(row.let_in), "label": titles[1], "number": True},
        ]
        for row in found.wordings
    ]
    columns = [{"title": _("Wording of the rule"), "number": False}]
    columns += [{"title": title, "number": True} for title in titles]
    return {"total": count(found.total), "rows": rows, "columns": columns}
