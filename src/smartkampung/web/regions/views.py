"""Pages about places. Regions are public knowledge: no account is needed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from smartkampung.kernel.clock import today
from smartkampung.regions import queries
from smartkampung.regions.codes import level
from smartkampung.web.pages import public_page
from smartkampung.web.regions import parts


@public_page()
def regions(request: HttpRequest) -> HttpResponse:
    """List and draw the kecamatan; find a village by name."""
    here = queries.regency()
    if here is None:
        return render(request, "regions/none.html")
    sought = request.GET.get("q", "").strip()[:80]
    shown = {
        "place": here,
        "q": sought,
        "found": parts.found(here.code, sought),
        "map": parts.map_of_kecamatan(here),
        "kecamatan": parts.kecamatan_rows(here.code, on=today()),
    }
    return render(request, "regions/regency.html", shown)


@public_page()
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kecamatan with its villages, or a village."""
    here = queries.regency()
    found = queries.region(code)
    if here is None or found is None or not code.startswith(here.code + "."):
        raise Http404
    if level(code) == "kecamatan":
        return render(request, "regions/kecamatan.html", parts.kecamatan(found))
    if level(code) == "village":
        return render(request, "regions/village.html", parts.village(found))
    raise Http404
