"""Houses for everybody: which have room on my days, near my home. Nobody is named."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.search import Search, found
from smartkampung.isolation.queries.free import REMEMBERED_SECONDS, FreeHouse, last_day
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import whole
from smartkampung.regions import queries as regions
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.maps import map_of
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.isolation_houses import present
from smartkampung.web.isolation_houses.search import SearchForm, asked_of
from smartkampung.web.limits import limited, too_often, who_asks
from smartkampung.web.pages import public_page
from smartkampung.web.photos import photo_answer

PAGE_SIZE = 20
ASKED = ("from", "people", "village", "need", "in", "page")
CACHE = "houses"
SEARCHED = Limit("isolation.houses_searched", 600, timedelta(minutes=10))
OPENED = Limit("isolation.house_opened", 600, timedelta(minutes=10))


@public_page()
def houses(request: HttpRequest) -> HttpResponse:
    """List and draw the houses that have room; what is shown is a minute old at most.

    Only what is not remembered is counted against whoever asks: that costs.
    """
    key = _key(request)
    body = caches[CACHE].get(key)
    if body is not None:
        return render(request, "isolation_houses/search.html", {"body": body})
    if over(SEARCHED, key=who_asks(request), at=now()):
        return too_often(request, SEARCHED, now())
    form = SearchForm(asked_of(request))
    asked = form.search() if form.is_valid() or not form.is_bound else None
    body = render_to_string(
        "isolation_houses/_search.html", _shown(form, asked, request.GET)
    )
    if asked:
        caches[CACHE].set(key, body, REMEMBERED_SECONDS)
    status = 200 if asked else 422
    return render(
        request, "isolation_houses/search.html", {"body": body}, status=status
    )


def _key(request: HttpRequest) -> str:
    # Before the form is read: with its 217 villages it costs more than the rest. Only
    # of what is asked here: whatever else an address says would be remembered anew.
    asked = [(name, request.GET.getlist(name)) for name in ASKED if name in request.GET]
    sent = repr(asked).encode(errors="replace")
    return (
        f"houses:{get_language()}:{today()}:{blake2b(sent, digest_size=16).hexdigest()}"
    )


def _shown(
    form: SearchForm, asked: Search | None, sent: Mapping[str, str]
) -> dict[str, Any]:
    if asked is None:
        return {"form": form, "wrong": True}
    answer = found(asked, at=now())
    page = Paginator(answer.rows, PAGE_SIZE).get_page(sent.get("page"))
    places = present.where({row.house.village for row in page})
    return {
        "form": form,
        "items": [
            {
                "url": _address(row.house, asked),
                "name": row.house.name,
                "kind": present.kind(row.house.kind),
                "where": places[row.house.village],
                "free": _free(row.house),
                "full": row.house.free == 0,
                "km": row.km,
                "has": present.has(row.house.has),
            }
            for row in page
        ],
        "page": page,
        "query": f"?{urlencode([*asked.asked(), ('page', '')])}"[: -len("page=")],
        "count": len(answer.rows),
        "as_of": answer.as_of,
        "until": last_day(asked.since),
        "since": asked.since,
        "map": _map(asked, [row.house for row in answer.rows]),
        "whole": f"?{urlencode(asked.asked(but='in'))}",
        "inside": regions.names([asked.inside]).get(asked.inside, ""),
    }


def _free(house: FreeHouse) -> str:
    if house.free == 0:
        return _("full")
    words = ngettext("%(n)s free bed", "%(n)s free beds", house.free)
    return words % {"n": whole(house.free)}


def _address(house: FreeHouse, asked: Search) -> str:
    query = urlencode({"from": asked.since.isoformat(), "people": asked.people})
    return f"{reverse('isolation_public:house', args=[house.house_id])}?{query}"


def _map(asked: Search, houses: list[FreeHouse]) -> Drawing | None:
    here = regions.regency()
    around = asked.inside or (here.code if here else "")
    region_map = map_of(around) if around else None
    if region_map is None:
        return None
    deeper = "village" if level(around) == "kecamatan" else "kecamatan"
    beds: Counter[str] = Counter()
    for house in houses:
        beds[ancestor(house.village, deeper)] += house.free
    colours = shades({code: float(count) for code, count in beds.items()})

    def spoken(code: str, name: str) -> str:
        words = ngettext("%(n)s free bed", "%(n)s free beds", beds[code])
        return f"{name}: {words % {'n': whole(beds[code])}}"

    def url(code: str) -> str:
        if deeper == "village" or not beds[code]:
            return ""
        return f"?{urlencode([*asked.asked(but='in'), ('in', code)])}"

    return drawing(
        region_map,
        title=_("Map: free beds in isolation houses"),
        about=_("The darker an area, the more free beds. The list below has the same."),
        url=lambda shape: url(shape.code),
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )


@limited(address=OPENED)
@public_page()
def house(request: HttpRequest, house_id: int) -> HttpResponse:
    """Show one house: what it has, where it is, whom to call, and its free beds."""
    row = queries.public_house(house_id)
    form = SearchForm(asked_of(request))
    asked = form.search() if form.is_valid() else SearchForm().search()
    answer = found(asked, at=now(), full_too=True)
    free = [one.house for one in answer.rows if one.house.house_id == house_id]
    context = {
        "house": row,
        "kind": present.kind(row.kind),
        "where": present.where([row.village_id])[row.village_id],
        "rooms": queries.rooms_of(row, on=today()),
        "photos": present.photos(row),
        "free": _free(free[0]) if free else "",
        "full": bool(free) and free[0].free == 0,
        "has": present.has(free[0].has) if free else [],
        "since": asked.since,
        "until": last_day(asked.since),
        "as_of": answer.as_of,
    }
    return render(request, "isolation_houses/public.html", context)


@public_page()
def photo(request: HttpRequest, house_id: int, photo_id: int) -> HttpResponse:
    """Send a photo of a house."""
    queries.public_house(house_id)
    return photo_answer(queries.photo_of(house_id, photo_id).upload.path)
