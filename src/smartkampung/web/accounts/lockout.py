"""The page that says when somebody locked out may try again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from smartkampung.accounts.lockout import locked_until
from smartkampung.kernel.clock import WIB, now


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer 429 with the time of day at which sign-in opens again."""
    until = locked_until(request, credentials)
    page = render(
        request,
        "accounts/locked_out.html",
        {"until": until.astimezone(WIB)},
        status=429,
    )
    page["Retry-After"] = str(max(1, int((until - now()).total_seconds())))
    return page
