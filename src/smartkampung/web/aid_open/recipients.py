"""The list of recipients of a village, for the days on which law has it posted."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from smartkampung.aid.disclosure.queries import public_programme, publicly_posted
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.regions import queries as regions
from smartkampung.web.aid_open import present
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

# A neighbour reads one list or two; 217 villages in a row is a machine.
READ = Limit("open.list", 40, timedelta(minutes=10))
READ_BY_ALL = Limit("open.list_by_all", 6_000, timedelta(minutes=1))
PAGE_SIZE = 300


@limited(address=READ, everybody=READ_BY_ALL)
@never_cache
@public_page()
def recipients(request: HttpRequest, code: str, region: str) -> HttpResponse:
    """Show the masked names of a village while they are posted; else 404."""
    row = public_programme(code)
    posted = publicly_posted(row, region, on=today())
    if posted is None:
        raise Http404
    place: Any = regions.region(region)
    page = Paginator(posted.names, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "back": present.address(row, region),
        "place": place,
        "title": present.place_name(place),
        "publication": posted.publication,
        "number": posted.number,
        "object_url": present.objection(row, posted),
        "last_day": posted.last_day,
        "page": page,
    }
    response = render(request, "aid_open/recipients.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
