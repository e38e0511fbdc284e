"""A browser that stands in a village office: its pages close by themselves.

The cookie names the village and nothing else; ``base.html`` renews every page of such a
browser after ``SECONDS`` by the address that forgets whoever was there.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

Rest = ParamSpec("Rest")
COOKIE = "kiosk"
SECONDS = 120
VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")


def village_of_kiosk(request: HttpRequest) -> str:
    """Return the village where this browser is a kiosk; empty when it is none."""
    code = request.COOKIES.get(COOKIE, "")
    return code if VILLAGE.fullmatch(code) else ""


class KeepsNothing:
    """Middleware that gives a kiosk no file, whatever page it comes from.

    What a browser stores on its disk no page can forget: the next visitor opens it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with a page in place of a file."""
        response = self.get_response(request)
        if "Content-Disposition" not in response or not village_of_kiosk(request):
            return response
        return _no_file(request)


def makes_a_file(view: Callable[Concatenate[Any, Rest], HttpResponseBase]) -> Any:
    """Refuse a view at a kiosk before it makes a file, counts it and writes it down."""

    @wraps(view)
    def guarded(
        request: Any, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if village_of_kiosk(request):
            return _no_file(request)
        return view(request, *args, **kwargs)

    return guarded


def _no_file(request: HttpRequest) -> HttpResponseBase:
    return render(request, "letters_kiosk/no_file.html", status=409)
