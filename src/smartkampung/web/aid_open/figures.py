"""What each programme does, in the regency and in each place, in numbers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from smartkampung.aid.disclosure.queries import (
    errors_in,
    figures_in,
    figures_of,
    public_programme,
    publicly_posted,
)
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.regions import queries as regions
from smartkampung.regions.codes import level
from smartkampung.web.aid_open import present
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.pages import public_page

# Figures are counted once a night; a list that is posted shows as a link within this.
KEPT = 60


@kept_for(KEPT)
@public_page()
def programmes(request: HttpRequest) -> HttpResponse:
    """List every programme with what it does in the regency."""
    here = regions.regency()
    found = figures_in(here.code) if here else []
    context = {
        "columns": present.columns(),
        "rows": [present.programme_row(figure) for figure in found],
        "counted_at": found[0].counted_at if found else None,
        "hides": present.hides(found),
        "errors": present.error_rows(errors_in(None, here.code) if here else None),
    }
    return render(request, "aid_open/programmes.html", context)


@kept_for(KEPT)
@public_page()
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one programme in the regency, by kecamatan."""
    here = regions.regency()
    if here is None:
        raise Http404
    return _page(request, public_programme(code), here)


@kept_for(KEPT)
@public_page()
def place(request: HttpRequest, code: str, region: str) -> HttpResponse:
    """Show one programme in a kecamatan, by village, or in a village."""
    row = public_programme(code)
    return _page(request, row, _place(region))


def _place(code: str) -> Any:
    here, found = regions.regency(), regions.region(code)
    inside = here is not None and code.startswith(f"{here.code}.")
    if found is None or not inside or level(code) not in {"kecamatan", "village"}:
        raise Http404
    return found


def _errors(row: Any, code: str) -> Any:
    """Return what objections proved, which is public of the regency as a whole."""
    if level(code) != "regency":
        return None
    return present.error_rows(errors_in(row, code))


def _list_url(row: Any, code: str) -> str:
    """Return where the list of a village is read, while it is posted."""
    if level(code) != "village" or publicly_posted(row, code, on=today()) is None:
        return ""
    return reverse("aid_open:recipients", args=[row.code, code])


def _page(request: HttpRequest, row: Any, where: Any) -> HttpResponse:
    parts = [] if level(where.code) == "village" else list(regions.parts_of(where.code))
    found = figures_of(row, [where.code, *(part.code for part in parts)])
    whole = found.pop(where.code, None)
    if whole is None:
        raise Http404
    above = regions.path_of(where.code)[1:-1]
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "gives": present.gives(row),
        "place": where,
        "title": present.place_name(where),
        "above": [(part, present.address(row, part.code)) for part in above],
        "figure": whole,
        "numbers": present.numbers(whole),
        "stage": present.stage(whole),
        "next": present.next_date(whole),
        "hides": present.hides([whole, *found.values()]),
        "map": present.map_of_parts(row, where, found),
        "legend": present.legend(found),
        "columns": present.columns(),
        "rows": present.part_rows(row, parts, found),
        "errors": _errors(row, where.code),
        "list_url": _list_url(row, where.code),
    }
    return render(request, "aid_open/programme.html", context)
