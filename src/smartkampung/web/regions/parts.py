"""What the pages about places show, as plain values."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.aid.disclosure.queries import figures_in
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.regions import queries
from smartkampung.regions.codes import ancestor
from smartkampung.regions.maps import map_of
from smartkampung.web.aid_open import present
from smartkampung.web.core.drawing import Drawing, drawing

KINDS = {"desa": "Desa", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan"}


class Row(NamedTuple):
    """One place in a list, with what a caller wants to know."""

    url: str
    name: str
    kind: str
    head: str
    phone: str
    health_centre: str
    parts: str
    health_centres: int


def found(code: str, sought: str) -> list[dict[str, str]]:
    """Return the villages whose name holds the words sought, case aside."""
    if not sought:
        return []
    rows = [
        row for row in queries.villages_of(code) if sought.lower() in row.name.lower()
    ]
    names = queries.names({ancestor(row.code, "kecamatan") for row in rows})
    return [
        {
            "url": reverse("region", args=[row.code]),
            "name": f"{KINDS[row.kind]} {row.name}",
            "kecamatan": names[ancestor(row.code, "kecamatan")],
        }
        for row in rows
    ]


def kecamatan_rows(code: str, *, on: date) -> list[Row]:
    """Return the kecamatan of a regency with their counts, in four queries."""
    kinds = Counter(
        (ancestor(row.code, "kecamatan"), row.kind) for row in queries.villages_of(code)
    )
    centres = Counter(
        ancestor(centre.village_id, "kecamatan")
        for centre in queries.health_centres_of(code)
    )
    heads = queries.heads_of_parts(code, on=on)
    return [
        Row(
            url=reverse("region", args=[row.code]),
            name=row.name,
            kind=row.kind,
            head=heads.get(row.code, ""),
            phone=row.phone,
            health_centre="",
            parts=", ".join(
                f"{kinds[row.code, kind]} {kind}"
                for kind in ("desa", "kelurahan")
                if kinds[row.code, kind]
            ),
            health_centres=centres[row.code],
        )
        for row in queries.kecamatan_of(code)
    ]


def village_rows(code: str, *, on: date) -> list[Row]:
    """Return the villages of a kecamatan, in three queries."""
    heads = queries.heads_of_parts(code, on=on)
    centres = queries.centres_serving_parts(code)
    return [
        Row(
            url=reverse("region", args=[row.code]),
            name=row.name,
            kind=KINDS[row.kind],
            head=heads.get(row.code, ""),
            phone=row.phone,
            health_centre=centres.get(row.code, ""),
            parts="",
            health_centres=0,
        )
        for row in queries.villages_of(code)
    ]


def map_of_kecamatan(place: Any) -> Drawing | None:
    """Return the map of a regency, each kecamatan a link."""
    counts = Counter(
        ancestor(row.code, "kecamatan") for row in queries.villages_of(place.code)
    )

    def spoken(code: str, name: str) -> str:
        count = counts[code]
        villages = ngettext("%(n)d village", "%(n)d villages", count) % {"n": count}
        return f"{name}: {villages}"

    return _map(
        place,
        title=_("Map of the kecamatan of %(place)s") % {"place": place.name},
        about=_("Each area is a link to its kecamatan. The same list follows below."),
        spoken=spoken,
    )


def kecamatan(place: Any) -> dict[str, Any]:
    """Return what the page of a kecamatan shows."""
    on = today()
    return {
        "place": place,
        "head": queries.head_of(place.code, on=on),
        "villages": village_rows(place.code, on=on),
        "health_centres": queries.health_centres_of(place.code),
        "map": _map(
            place,
            title=_("Map of the villages of %(place)s") % {"place": place.name},
            about=_("Each area is a link to its village. The same list follows below."),
            spoken=lambda code, name: name,
        ),
    }


def village(place: Any) -> dict[str, Any]:
    """Return what the page of a village shows."""
    on = today()
    above = queries.region(ancestor(place.code, "kecamatan"))
    centre = queries.health_centre_serving(place.code)
    hamlets = sorted({row.dusun for row in queries.parts_of(place.code) if row.dusun})
    return {
        "place": place,
        "kind": KINDS[place.kind],
        "kecamatan": above,
        "head": queries.head_of(place.code, on=on),
        "kecamatan_head": queries.head_of(above.code, on=on) if above else None,
        "health_centre": centre,
        "hamlets": hamlets,
        "rw_count": len(queries.parts_of(place.code)),
        "rt_count": queries.rts_of(place.code).count(),
        "aid": _aid(place.code),
    }


def _aid(code: str) -> list[dict[str, str]]:
    """Return where each programme stands in a village, each a link to its numbers."""
    return [
        {
            "url": present.address(figure.programme, code),
            "name": either(figure.programme.name, figure.programme.name_en),
            "stage": present.stage(figure),
        }
        for figure in figures_in(code)
    ]


def _map(place: Any, *, title: str, about: str, spoken: Any) -> Drawing | None:
    found = map_of(place.code)
    if found is None:
        return None
    return drawing(
        found,
        title=title,
        about=about,
        url=lambda shape: reverse("region", args=[shape.code]),
        spoken=lambda shape: spoken(shape.code, shape.name),
    )
