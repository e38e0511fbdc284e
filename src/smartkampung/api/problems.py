"""Every error as problem JSON (RFC 9457), in the language that the caller reads."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from smartkampung.aid.actions.report import ReportingClosed, TooManyForPerson
from smartkampung.intake.actions.quota import QuotaUsedUp
from smartkampung.isolation.queries.rooms import Near
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused

CONTENT_TYPE = "application/problem+json"
TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("The request could not be read."),
    401: gettext_lazy("A valid token is needed."),
    403: gettext_lazy("This token may not do that."),
    404: gettext_lazy("There is nothing here."),
    405: gettext_lazy("This address does not take that method."),
    409: gettext_lazy("The request was turned down."),
    413: gettext_lazy("The request is too large."),
    422: gettext_lazy("Some answers need mending."),
    429: gettext_lazy("Too many requests at once."),
}
CODES = {
    400: "unreadable",
    401: "token_needed",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    422: "invalid",
}
# By how pydantic names what is wrong; several of its names begin alike.
WORDS: dict[str, Promise] = {
    "missing": gettext_lazy("This is needed."),
    "string_too_long": gettext_lazy(
        "This is too long: at most %(max_length)d letters."
    ),
    "string_too_short": gettext_lazy(
        "This is too short: at least %(min_length)d letters."
    ),
    "enum": gettext_lazy("Choose one of: %(expected)s."),
    "date": gettext_lazy("Write a date as 1990-08-17."),
    "bool": gettext_lazy("Write true or false."),
    "int": gettext_lazy("Write a whole number."),
    "greater": gettext_lazy("This number is too small."),
    "less": gettext_lazy("This number is too large."),
    "extra_forbidden": gettext_lazy("This field is not known here."),
}
OTHER = gettext_lazy("This does not have the form that the documentation asks for.")
TOMORROW = (QuotaUsedUp, TooManyForPerson)
BUSY_SECONDS = 2


class FieldProblem(Schema):
    """What is wrong with one field, and what to do."""

    field: str
    message: str


class OtherHouse(Schema):
    """A house that seems to have room, in place of the one that has none."""

    house_id: int
    name: str
    village: str
    km: float | None
    free: int


class Problem(Schema):
    """An error that a program can tell apart and a person can read."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[FieldProblem] = []
    alternatives: list[OtherHouse] = []


class BadFields(Exception):
    """Fields that are well formed as JSON and still wrong."""

    def __init__(self, errors: Mapping[str, str | Promise]) -> None:
        super().__init__(", ".join(errors))
        self.errors = [(field, str(message)) for field, message in errors.items()]


def problem(
    status: int,
    *,
    code: str = "",
    detail: str | Promise = "",
    errors: Sequence[tuple[str, str]] = (),
    alternatives: Sequence[Near] = (),
) -> HttpResponse:
    """Return a problem as a response."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES[status]),
        "status": status,
        "code": code or CODES[status],
        "detail": str(detail),
        "errors": [{"field": field, "message": words} for field, words in errors],
    }
    if alternatives:
        content["alternatives"] = [near._asdict() for near in alternatives]
    response = JsonResponse(content, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Teach an API to answer errors as problems."""
    handlers: dict[type[Exception], Any] = {
        Refused: _refused,
        BadFields: lambda request, error: problem(422, errors=error.errors),
        ValidationError: _misshapen,
        Http404: lambda request, error: problem(404),
        RequestDataTooBig: lambda request, error: problem(413),
        HttpError: lambda request, error: problem(error.status_code),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    busy = isinstance(refusal, Busy)
    later = isinstance(refusal, TOMORROW)
    response = problem(
        429 if later or busy else 409,
        code=refusal.code,
        detail=refusal.message,
        alternatives=getattr(refusal, "alternatives", ()),
    )
    seconds = BUSY_SECONDS if busy else _seconds_to_wait(refusal)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _seconds_to_wait(refusal: Refused) -> int:
    at = now()
    if isinstance(refusal, ReportingClosed) and refusal.opens_at:
        return int((refusal.opens_at - at).total_seconds())
    if isinstance(refusal, TOMORROW):
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return int((midnight + timedelta(days=1) - at).total_seconds())
    return 0


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [(_place(one["loc"]), _words(one)) for one in error.errors]
    return problem(422, errors=errors)


def _place(location: Sequence[str | int]) -> str:
    """Leave out where pydantic looks: ``body.told.nik`` is the field ``nik``."""
    names = [
        str(part)
        for part in location
        if part not in {"body", "report", "wish", "arrival", "text_in"}
    ]
    return ".".join(
        names[1:] if names[:1] in (["header"], ["query"], ["path"]) else names
    )


def _words(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    words = next(
        (words for start, words in WORDS.items() if kind.startswith(start)), OTHER
    )
    filled: str = str(words) % error.get("ctx", {})
    return filled
