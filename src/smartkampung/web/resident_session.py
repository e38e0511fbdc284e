"""The cookie of a resident who reads "my data": apart from staff sessions in all.

It holds a random key and nothing else; what it opens is looked up on each request.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.kernel.clock import now
from smartkampung.residents.actions.access import close_session, stay
from smartkampung.residents.queries import ResidentSession
from smartkampung.residents.queries.own import live_session

# With the prefix, browsers accept the cookie from this very host by HTTPS only.
NAME = "__Host-resident" if settings.HTTPS else "resident"
DOOR = "my_data:door"
LONGEST_KEY = 100
# Where somebody was about to go; the cookie lasts while one types a code from an SMS.
WISH, WISH_SECONDS = "resume", 20 * 60


def of(request: HttpRequest) -> ResidentSession | None:
    """Return the live session of this browser, and put its idle time-out off."""
    key = request.COOKIES.get(NAME, "")[:LONGEST_KEY]
    session = live_session(key, at=now()) if key else None
    if session is not None:
        stay(session=session, at=now())
    return session


def give(response: HttpResponse, key: str) -> None:
    """Let this browser read on until it is closed, or the session ends."""
    response.set_cookie(
        NAME, key, httponly=True, secure=settings.HTTPS, samesite="Strict"
    )


def close(request: HttpRequest) -> None:
    """End the session of this browser in the database, if it has one."""
    key = request.COOKIES.get(NAME, "")[:LONGEST_KEY]
    if key:
        close_session(key=key)


def end(request: HttpRequest) -> HttpResponse:
    """End the session of this browser, here and in the database."""
    close(request)
    response = redirect(DOOR)
    _forget(response)
    # The pages must not come back from the browser's own store.
    response["Clear-Site-Data"] = '"cache"'
    return response


def to_the_door(request: HttpRequest, *, back_to: str = "") -> HttpResponse:
    """Lead somebody without a session to where one begins; say so when one ended.

    ``back_to`` is the page of ours to which the door leads once they are in; it must
    open for any family, for another one may come in on a shared phone.
    """
    response = redirect(DOOR)
    if back_to:
        response.set_signed_cookie(
            WISH,
            back_to,
            salt=WISH,
            max_age=WISH_SECONDS,
            path=reverse(DOOR),
            httponly=True,
            secure=settings.HTTPS,
            samesite="Strict",
        )
    if NAME in request.COOKIES:
        messages.info(
            request, _("Your data was closed for your safety. Please begin again.")
        )
        _forget(response)
    return response


def wished(request: HttpRequest) -> str:
    """Return the page to which somebody wanted to go before they came in, if any."""
    found = request.get_signed_cookie(WISH, "", salt=WISH, max_age=WISH_SECONDS)
    return str(found)


def forget_wish(response: HttpResponse) -> None:
    """Lead nobody there a second time."""
    response.delete_cookie(WISH, path=reverse(DOOR), samesite="Strict")


def _forget(response: HttpResponse) -> None:
    response.delete_cookie(NAME, samesite="Strict")
