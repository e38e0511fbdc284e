"""Turns away who asks too often, before a transaction begins.

A view says how often it may be asked with ``limited``. Counting happens outside the
request's transaction: inside, two people behind one address would wait for each
other until the first is answered.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks as who_asks
from smartkampung.kernel.clock import now
from smartkampung.web.waiting import EVERYBODY, has_room

View = TypeVar("View", bound=Callable[..., Any])
BUSY_MOST_SECONDS = 60


def limited(
    *, address: Limit, everybody: Limit | None = None
) -> Callable[[View], View]:
    """Declare how often one address, and all together, may send to a view.

    Only requests that can change something, or guess, are counted: every POST, and
    any method when the view is declared with ``@limited`` over a GET page.
    """

    def declare(view: Any) -> Any:
        view.declared_limits = (address, everybody)
        return view

    return declare


class RateLimits:
    """Middleware that counts hits on limited views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer 429 in place of the view when a limit is passed."""
        limits = getattr(view, "declared_limits", None)
        if limits is None:
            return None
        at = now()
        address, everybody = limits
        if over(address, key=who_asks(request), at=at):
            return too_often(request, address, at)
        if everybody is None:
            return None
        if not request.path.startswith("/api/"):
            return has_room(everybody, request, at)
        return (
            too_often(request, everybody, at)
            if over(everybody, key=EVERYBODY, at=at)
            else None
        )


def too_often(request: HttpRequest, limit: Limit, at: datetime) -> HttpResponse:
    """Answer kindly that it was too often, and when to come back."""
    seconds = limit.seconds_left(at)
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse(
            {
                "type": "about:blank",
                "status": 429,
                "code": "too_often",
                "title": _("Too many requests at once."),
                "detail": _("Please try again later."),
            },
            status=429,
            content_type="application/problem+json",
        )
    else:
        context = {"minutes": max(1, round(seconds / 60))}
        response = render(request, "report/too_often.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
