"""Turns away addresses with the sign that no database keeps, before anybody reads them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from smartkampung.web.core.errors import error_page

NUL, WRITTEN = "\x00", "%00"


class NoNulls:
    """Middleware: a NUL in a path is no page (404), in a question no answer (400)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, or say that nothing is there."""
        if NUL in request.path_info:
            return _refusal(request, 404)
        asked = request.META.get("QUERY_STRING", "")
        if NUL in asked or WRITTEN in asked:
            return _refusal(request, 400)
        return self.get_response(request)


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    titles = {404: _("This page does not exist"), 400: _("We could not read that")}
    text = _("Check the address or the code, letter by letter, or begin at home.")
    if not request.path_info.startswith("/api/"):
        return error_page(request, status=status, title=titles[status], text=text)
    problem = {
        "type": "about:blank",
        "status": status,
        "code": "not_found" if status == 404 else "unreadable",
        "title": titles[status],
        "detail": text,
    }
    kind = "application/problem+json"
    return JsonResponse(problem, status=status, content_type=kind)
