"""What the pages of findings show, as plain values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.queries.findings import Evidence, Tally, Wanted
from smartkampung.aid.assurance.rules import BASES, Basis, Error
from smartkampung.aid.assurance.words import BASES_SAID, ERRORS, HOW
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import kecamatan_of, names
from smartkampung.web.aid_audit.words import WAYS
from smartkampung.web.aid_staff import present
from smartkampung.web.core.drawing import Drawing, bars, drawing, shades

Part = dict[str, Any]
Found = Mapping[Error, Sequence[Tally]]
ALL = "all"


def seconds(took: float) -> str:
    """Return "0,12", as the reader's language writes it."""
    text = f"{took:.2f}"
    return text if (get_language() or "id")[:2] == "en" else text.replace(".", ",")


def kecamatan(actor: Actor) -> dict[str, str]:
    """Return the kecamatan that the actor audits, by code."""
    regions = actor.regions_where(Permission.ASSURANCE_VIEW)
    rows = [row for region in regions for row in kecamatan_of(region)]
    return {row.code: row.name for row in rows}


def overview(actor: Actor, found: Found, *, shown: str) -> Part:
    """Return the six numbers, the map and bars of one, and the two tables."""
    chosen = Error(shown) if shown in set(Error) else None
    places = kecamatan(actor)
    by_place = {error: _sums(rows, "kecamatan") for error, rows in found.items()}
    values = {code: _count(by_place, code, chosen) for code in places}
    return {
        "numbers": [_number(error, found[error]) for error in Error],
        "measures": _measures(chosen),
        "chosen": ERRORS[chosen] if chosen else _("All six together"),
        "map": _map(actor, places, values),
        "bars": _bars(places, values, chosen),
        "any": any(values.values()),
        "columns": [{"title": ERRORS[error], "number": True} for error in Error],
        "programmes": _table(found, dict(programme_names()), "programme"),
        "places": _table(found, places, "kecamatan"),
    }


def evidence(
    actor: Actor, error: Error, rows: Sequence[Evidence], wanted: Wanted
) -> Part:
    """Return the definition of a check, its filters and its evidence."""
    where = present.where({row.region_code for row in rows})
    narrowed = {"programme": wanted.programme, "kecamatan": wanted.kecamatan}
    return {
        "error": error.value,
        "title": ERRORS[error],
        "how": HOW[error],
        "bases": [BASES_SAID[basis] for basis in BASES[error]],
        "rows": [_row(row, where[row.region_code]) for row in rows],
        "programmes": _options(dict(programme_names()), wanted.programme),
        "kecamatan": _options(kecamatan(actor), wanted.kecamatan),
        "query": urlencode({key: value for key, value in narrowed.items() if value}),
        "begun": bool(wanted.after),
    }


def _row(row: Evidence, where: str) -> Part:
    url = ""
    if row.claim_id:
        url = reverse("aid_staff:claim", args=[row.claim_id])
    elif row.proposal_id:
        url = reverse("aid_cycles:proposal", args=[row.proposal_id])
    return {
        "found": row,
        "url": url,
        "programme": either(row.programme_name, row.programme_name_en),
        "where": where,
        "due": present.amount(row.due, row.commodity),
        "given": present.amount(row.amount, row.commodity) if row.amount else "",
        "way": WAYS[row.way] if row.way else "",
        "basis": BASES_SAID[Basis(row.basis)],
    }


def _number(error: Error, rows: Sequence[Tally]) -> Part:
    total = sum(row.findings for row in rows)
    return {
        "value": whole(total),
        "meaning": ERRORS[error],
        "tag": "" if total else _("none"),
        "url": reverse("aid_audit:check", args=[error.value]),
    }


def _measures(chosen: Error | None) -> list[Part]:
    every = {ALL: _("All six together"), **{e.value: ERRORS[e] for e in Error}}
    current = chosen.value if chosen else ALL
    return [
        {"key": key, "label": label, "chosen": key == current}
        for key, label in every.items()
    ]


def _sums(rows: Sequence[Tally], field: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums[getattr(row, field)] += row.findings
    return sums


def _count(
    by_place: Mapping[Error, Counter[str]], code: str, chosen: Error | None
) -> int:
    wanted = [chosen] if chosen else [*Error]
    return sum(by_place[error][code] for error in wanted)


def _map(
    actor: Actor, places: Mapping[str, str], values: Mapping[str, int]
) -> Drawing | None:
    regions = actor.regions_where(Permission.ASSURANCE_VIEW)
    alone = regions[0] if len(regions) == 1 and level(regions[0]) == "regency" else ""
    found = map_of(alone) if alone and len(places) > 1 else None
    if found is None:
        return None
    colours = shades(values)
    return drawing(
        found,
        title=_("Map of findings"),
        about=_(
            "The darker an area, the larger its number. The table has the numbers."
        ),
        url=lambda shape: "",
        spoken=lambda shape: f"{shape.name}: {whole(values.get(shape.code, 0))}",
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )


def _bars(
    places: Mapping[str, str], values: Mapping[str, int], chosen: Error | None
) -> list[Any]:
    ordered = sorted(places, key=lambda code: -values[code])
    return bars(
        [
            (
                places[code],
                values[code],
                whole(values[code]),
                "late",
                _narrowed(chosen, "kecamatan", code) if chosen else "",
            )
            for code in ordered
            if values[code]
        ]
    )


def _table(found: Found, rows: Mapping[str, str], field: str) -> list[list[Part]]:
    sums = {error: _sums(found[error], field) for error in Error}
    known = {code for counted in sums.values() for code in counted}
    called = {**names(known - set(rows)), **rows}
    ordered = [code for code in [*rows, *sorted(known - set(rows))] if code in known]
    return [
        [{"text": called.get(code, code)}, *_cells(sums, field, code)]
        for code in ordered
    ]


def _cells(sums: Mapping[Error, Counter[str]], field: str, code: str) -> list[Part]:
    return [
        {
            "text": whole(sums[error][code]),
            "label": ERRORS[error],
            "number": True,
            "url": _narrowed(error, field, code) if sums[error][code] else "",
        }
        for error in Error
    ]


def _narrowed(error: Error, field: str, code: str) -> str:
    return (
        f"{reverse('aid_audit:check', args=[error.value])}?{urlencode({field: code})}"
    )


def _options(rows: Mapping[str, str], chosen: str) -> list[Part]:
    return [
        {"key": key, "label": label, "chosen": key == chosen}
        for key, label in rows.items()
    ]
