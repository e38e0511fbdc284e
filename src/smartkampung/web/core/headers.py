"""Headers that Django does not set: what a page may use, and who may keep it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smartkampung.accounts.actor import Actor
from smartkampung.residents.subject import Subject

NOTHING = ("camera", "geolocation", "microphone", "payment", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in NOTHING)


class Headers:
    """Middleware: no sensors, no embedding, and no copies of what is personal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say what browsers and proxies may do with it."""
        response = self.get_response(request)
        response["Permissions-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if _is_personal(request):
            response["Cache-Control"] = "no-store"
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Say whether a member of staff, or a resident about themselves, was answered."""
    staff = isinstance(getattr(request, "actor", None), Actor)
    return staff or isinstance(getattr(request, "subject", None), Subject)
