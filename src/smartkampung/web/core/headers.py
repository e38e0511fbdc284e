"""Headers that Django does not set: what a page may use, and who may keep it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smartkampung.accounts.actor import Actor
from smartkampung.residents.subject import Subject

NOTHING = ("camera", "geolocation", "microphone", "payment", "usb")
POLICY = ", ".join(f"{feature}=()" for feature in NOTHING)
NAME = "Permissions-Policy"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def may_locate(view: View) -> View:
    """Let the pages of a view ask the phone where it is, and nothing else."""

    @wraps(view)
    def located(*args: Any, **options: Any) -> HttpResponseBase:
        answer = view(*args, **options)
        answer[NAME] = POLICY.replace("geolocation=()", "geolocation=(self)")
        return answer

    return cast(View, located)


class Headers:
    """Middleware: no sensors that a page does not name, no embedding, and no copies of what is personal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say what browsers and proxies may do with it."""
        response = self.get_response(request)
        response.setdefault(NAME, POLICY)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if _is_personal(request):
            response["Cache-Control"] = "no-store"
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Say whether a member of staff, or a resident about themselves, was answered."""
    staff = isinstance(getattr(request, "actor", None), Actor)
    return staff or isinstance(getattr(request, "subject", None), Subject)
