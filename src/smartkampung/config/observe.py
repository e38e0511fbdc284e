"""Times every request and writes one line about it, by route and never by path."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase

from smartkampung.kernel.measures import REQUESTS, SECONDS

log = structlog.get_logger("smartkampung.requests")
# Looked at every few seconds by machines: measured, but not worth a line.
UNLOGGED = {"healthz", "readyz", "metrics", "static"}
# Exceptions that are answers: not found, not allowed, not understood.
ANSWERS = (Http404, PermissionDenied, BadRequest, SuspiciousOperation)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Observe:
    """Outermost middleware: gives the request a number, measures, and writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, then say how it went."""
        begin = time.perf_counter()
        number = secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request=number):
            response = self.get_response(request)
            self._write(request, response, time.perf_counter() - begin)
        response.headers["X-Request-ID"] = number
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Write down where a bug is, without the words of the error."""
        if isinstance(error, ANSWERS):
            return
        log.error("bug", route=_route(request), exc_info=error)

    def _write(
        self, request: HttpRequest, response: HttpResponseBase, seconds: float
    ) -> None:
        route, status = _route(request), response.status_code
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, status).inc()
        SECONDS.labels(route).observe(seconds)
        if route not in UNLOGGED:
            milliseconds = round(seconds * 1000, 1)
            log.info(
                "request", route=route, method=method, status=status, ms=milliseconds
            )


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        is_file = request.path_info.startswith(settings.STATIC_URL)
        return "static" if is_file else "unresolved"
    return match.route or "/"
