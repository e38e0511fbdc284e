"""What anybody may read: which offers there are, and what came of the programmes."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.kernel.wording import rupiah
from smartkampung.recovery.programmes.queries.offers import open_offers
from smartkampung.recovery.programmes.queries.public import Numbers, figures
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.recovery.programmes.words import KINDS
from smartkampung.regions.queries import names
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.core.drawing import Bar, bars
from smartkampung.web.pages import public_page
from smartkampung.web.recovery import present

KEPT = int(timedelta(minutes=1).total_seconds())
MOST_OFFERS = 40
Part = dict[str, Any]


@kept_for(KEPT)
@public_page()
def programmes(request: HttpRequest) -> HttpResponse:
    """Show the offers that are open, and what came of each kind of programme."""
    found, counted_at = figures()
    offers = list(open_offers()[:MOST_OFFERS])
    context = {
        "offers": _offers(offers),
        "kinds": [_kind(kind, places) for kind, places in found.items()],
        "counted_at": counted_at,
        "bars": _bars(found),
        "columns": _income_columns(),
        "rows": _income_rows(found),
        "hides": _hides(found),
    }
    return render(request, "recovery/programmes.html", context)


def _offers(offers: list[Any]) -> list[Part]:
    where = present.where(offer.region_code for offer in offers)
    return [
        {
            "title": present.title_of(offer),
            "kind": present.kind_of(offer),
            "gives": present.gives(offer),
            "days": present.days_of(offer),
            "where": where.get(offer.region_code, ""),
            "places": offer.places,
        }
        for offer in offers
    ]


def _kind(kind: Kind, places: dict[str, Numbers]) -> Part:
    labels = names(code for code in places if code)
    rows = [
        _place_row(labels.get(code, code), numbers)
        for code, numbers in sorted(places.items())
        if code
    ]
    whole = places.get("", {})
    return {
        "name": KINDS[kind],
        "numbers": [
            {"value": present.shown(whole, "places"), "meaning": _("places")},
            {"value": present.shown(whole, "chosen"), "meaning": _("took a place")},
            {"value": present.shown(whole, "finished"), "meaning": _("finished")},
        ],
        "rows": rows,
        "columns": _place_columns(),
    }


def _place_columns() -> list[Part]:
    return [
        {"title": _("Kecamatan")},
        {"title": _("Took a place"), "number": True},
        {"title": _("Finished"), "number": True},
        {"title": _("Income before"), "number": True},
        {"title": _("Income after"), "number": True},
    ]


def _place_row(name: str, numbers: Numbers) -> list[Part]:
    cells = [
        ("chosen", _("Took a place"), False),
        ("finished", _("Finished"), False),
        ("income_before", _("Income before"), True),
        ("income_after", _("Income after"), True),
    ]
    return [
        {"text": name},
        *(
            {
                "text": present.shown(numbers, key, money=money),
                "label": label,
                "number": True,
            }
            for key, label, money in cells
        ),
    ]


def _known(places: dict[str, Numbers]) -> tuple[int, int] | None:
    whole = places.get("", {})
    before, after = whole.get("income_before"), whole.get("income_after")
    return None if before is None or after is None else (before, after)


def _bars(found: dict[Kind, dict[str, Numbers]]) -> list[Bar]:
    rows: list[tuple[str, float, str, str, str]] = []
    for kind, places in found.items():
        pair = _known(places)
        if pair is None:
            continue
        for words, value, state in (
            (_("%(kind)s, before"), pair[0], "off"),
            (_("%(kind)s, after"), pair[1], ""),
        ):
            rows.append(
                (words % {"kind": KINDS[kind]}, value, rupiah(value), state, "")
            )
    return bars(rows)


def _income_columns() -> list[Part]:
    return [
        {"title": _("Kind")},
        {"title": _("People asked"), "number": True},
        {"title": _("Income before"), "number": True},
        {"title": _("Income after"), "number": True},
    ]


def _income_rows(found: dict[Kind, dict[str, Numbers]]) -> list[list[Part]]:
    return [
        [
            {"text": KINDS[kind]},
            *(
                {
                    "text": present.shown(
                        places.get("", {}), key, money=key != "asked"
                    ),
                    "label": label,
                    "number": True,
                }
                for key, label in (
                    ("asked", _("People asked")),
                    ("income_before", _("Income before")),
                    ("income_after", _("Income after")),
                )
            ),
        ]
        for kind, places in found.items()
    ]


def _hides(found: dict[Kind, dict[str, Numbers]]) -> bool:
    return any(
        value is None
        for places in found.values()
        for numbers in places.values()
        for value in numbers.values()
    )
