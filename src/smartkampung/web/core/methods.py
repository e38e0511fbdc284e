"""A page in place of the empty answer to a method that an address does not take."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from smartkampung.web.core.errors import error_page


class MethodPages:
    """Middleware: people who reload a sent form should not see a blank page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Fill an empty 405 with words; leave every other answer alone."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = error_page(
            request,
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            title=_("This page cannot be opened like that"),
            text=_(
                "It only receives a form, and nothing was changed now. Look at the page"
                " where the form stands: it shows what was sent before."
            ),
            nearest=nearest_page(request.path_info),
        )
        page["Allow"] = response["Allow"]
        return page


def nearest_page(path: str) -> str:
    """Return the nearest address above one that only receives a form.

    Every form stands on a page above the address that it is sent to, or is led to from
    there; at the very top that is the first page.
    """
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if "GET" in getattr(view, "declared_methods", ()):
            return path
    return "/"
