"""Headers that Django does not set: what a page may use, and who may keep it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smartkampung.accounts.actor import Actor

NOTHING = ("camera", "geolocation", "microphone", "payment", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in NOTHING)


class Headers:
    """Middleware: no sensors, no embedding, and no copies of pages of staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say what browsers and proxies may do with it."""
        response = self.get_response(request)
        response["Permissions-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if isinstance(getattr(request, "actor", None), Actor):
            response["Cache-Control"] = "no-store"
        return response
