"""A copy of all data, to keep: for machines and on paper."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from smartkampung.kernel.clock import now
from smartkampung.residents.actions.copies import open_own_copy
from smartkampung.web.kiosk_mode import makes_a_file
from smartkampung.web.my_data.as_json import as_data
from smartkampung.web.my_data.paper import statement
from smartkampung.web.my_data.record import OwnRecord, gather
from smartkampung.web.pages import ResidentRequest, resident_page


@resident_page()
def copy(request: ResidentRequest) -> HttpResponse:
    """Say what a copy holds, and offer it. It is made by POST: it is written down."""
    return render(request, "my_data/copy.html")


@resident_page("POST")
@makes_a_file
def as_json(request: ResidentRequest) -> HttpResponse:
    """Return everything as a JSON file."""
    response: HttpResponse = JsonResponse(
        as_data(_record(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@resident_page("POST")
@makes_a_file
def as_pdf(request: ResidentRequest) -> HttpResponse:
    """Return everything as a PDF to read or print."""
    response = HttpResponse(statement(_record(request)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="data-saya.pdf"'
    return response


def _record(request: ResidentRequest) -> OwnRecord:
    return gather(open_own_copy(request.subject), at=now())
