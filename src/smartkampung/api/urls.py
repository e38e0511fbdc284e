"""The API, its documentation, and who may call what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from smartkampung.api import (
    field,
    isolation_houses,
    message_receipts,
    messages_in,
    reports,
    reservations,
    staff,
)
from smartkampung.api.access import DECLARED, PUBLIC
from smartkampung.api.problems import CONTENT_TYPE, handle_problems, problem


class Documented(NinjaAPI):
    """An API whose documentation names the content type of its errors."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI document."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for described in operations.values():
                for status, answer in described["responses"].items():
                    if int(status) >= 400:
                        body = answer["content"].pop("application/json")
                        answer["content"][CONTENT_TYPE] = body
        return schema


api = Documented(
    title="Smart Kampung",
    version="1",
    description="Public journeys and staff work lists of one regency. Errors are "
    "problem JSON (RFC 9457) in the language of Accept-Language (id or en).",
    docs_url=None,  # its page loads scripts from elsewhere
    openapi_url="/openapi.json",
    urls_namespace="api",
)
handle_problems(api)
api.add_router("/aid", reports.router)
api.add_router("/isolation", isolation_houses.router)
api.add_router("/isolation", reservations.router)
api.add_router("/messages", message_receipts.router)
api.add_router("/messages", messages_in.router)
api.add_router("", staff.router)


def declared(pattern: URLPattern) -> URLPattern:
    """Give a generated view what page views declare: permission, methods, limits."""
    permission, method, limits = DECLARED.get(str(pattern.name), (PUBLIC, "GET", None))
    root = pattern.name == "api-root"
    view: Any = as_problems(nothing_here if root else pattern.callback)
    view.declared_permission = permission
    view.declared_methods = (method,)
    view.declared_limits = limits
    pattern.callback = view
    return pattern


def as_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Answer a method that is not taken as a problem, too; let nobody keep an answer."""

    @wraps(view)
    @never_cache
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        refusal = problem(405)
        refusal["Allow"] = response["Allow"]
        return refusal

    return csrf_exempt(call)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer any other address under the API as a problem."""
    return problem(404)


nowhere: Any = nothing_here
nowhere.declared_permission = PUBLIC
nowhere.declared_methods = ("GET",)
app_name = "api"
generated: list[Any] = api.urls[0]
urlpatterns = [
    *(declared(pattern) for pattern in generated),
    path("field/", include(field.urlpatterns)),
    path("<path:rest>", nowhere, name="api_nothing_here"),
]
