"""The cookie of a resident who reads "my data": apart from staff sessions in all.

It holds a random key and nothing else; what it opens is looked up on each request.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartkampung.kernel.clock import now
from smartkampung.residents.actions.access import close_session, stay
from smartkampung.residents.queries import ResidentSession
from smartkampung.residents.queries.own import live_session

# With the prefix, browsers accept the cookie from this very host by HTTPS only.
NAME = "__Host-resident" if settings.HTTPS else "resident"
DOOR = "my_data:door"
LONGEST_KEY = 100


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


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Lead somebody without a session to where one begins; say so when one ended."""
    response = redirect(DOOR)
    if NAME in request.COOKIES:
        messages.info(
            request, _("Your data was closed for your safety. Please begin again.")
        )
        _forget(response)
    return response


def _forget(response: HttpResponse) -> None:
    response.delete_cookie(NAME, samesite="Strict")
