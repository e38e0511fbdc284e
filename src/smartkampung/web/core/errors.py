"""Pages for what goes wrong: what happened, and the next door."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

TRY_AGAIN_SECONDS = 30
# connection exception, insufficient resources, operator intervention
AWAY = ("08", "53", "57P")


def error_page(
    request: HttpRequest,
    *,
    status: int,
    title: str | Promise,
    text: str | Promise,
    retry_after: int = 0,
    nearest: str = "",
) -> HttpResponse:
    """Answer with a friendly page; ``retry_after`` is in seconds.

    ``nearest`` is the page to go on from, where that is not the first one.
    """
    user = getattr(request, "user", None)
    home = "/staff/" if user is not None and user.is_authenticated else "/"
    shown = {"title": title, "text": text, "status": status, "home": home}
    shown["nearest"] = "" if nearest in {"/", home} else nearest
    response = render(request, "errors/page.html", shown, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read, or was too big."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(
            request,
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            title=_("That is too big to send"),
            text=_("Send less at once, or a smaller photo, and try again."),
        )
    return error_page(
        request,
        status=HTTPStatus.BAD_REQUEST,
        title=_("We could not read that"),
        text=_("Go back one page, reload it and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the account may not do this, and whom to ask."""
    return error_page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("Your account may not open this page"),
        text=_("If your work needs it, ask whoever manages accounts in your office."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here, whether it is missing or out of one's area."""
    return error_page(
        request,
        status=HTTPStatus.NOT_FOUND,
        title=_("This page does not exist"),
        text=_("Check the address or the code, letter by letter, or begin at home."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is too old to be sent, and how to keep what was typed."""
    return error_page(
        request,
        status=HTTPStatus.FORBIDDEN,
        title=_("This form was open for too long"),
        text=_(
            "Nothing was sent. Go back one page: what you typed is usually still"
            " there. Copy what is long, reload the page, and send it again."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without touching the database, which may be what failed."""
    away = database_is_away(sys.exc_info()[1])
    name, status = ("503.html", 503) if away else ("500.html", 500)
    response = HttpResponse(get_template(name).render(), status=status)
    if away:
        response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def database_is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database cannot be reached for now."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)
