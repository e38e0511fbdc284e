"""Who is asking: a session, an account and its rights, in one query a request."""

from typing import cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from smartkampung.accounts.models import Staff
from smartkampung.accounts.sessions import SessionStore
from smartkampung.kernel.address import client_address
from smartkampung.kernel.clock import now


class StaffSessionMiddleware(SessionMiddleware):
    """Opens the session, and puts off its idle time-out when it was used."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session; nothing is read until somebody asks."""
        super().process_request(request)
        session = cast(SessionStore, request.session)
        session.address = client_address(request)
        session.browser = request.META.get("HTTP_USER_AGENT", "")

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """Save what changed; otherwise only note that the person is still there."""
        answer = super().process_response(request, response)
        session = cast(SessionStore, request.session)
        if session.staff is not None and not session.modified:
            session.seen(now())
        return answer


class StaffMiddleware(AuthenticationMiddleware):
    """Sets ``request.user`` from the row that came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        """Promise the account; nothing is read until somebody asks."""
        request.user = cast(Staff, SimpleLazyObject(lambda: signed_in(request)))


def signed_in(request: HttpRequest) -> Staff | AnonymousUser:
    """Return who holds the session, unless it was ended, shut or outlived.

    A session knows the password under which it began: after a change all others
    are worth nothing.
    """
    session = cast(SessionStore, request.session)
    owner = session.get(SESSION_KEY)  # reads the session
    staff = session.staff
    if staff is None or str(staff.pk) != owner or not staff.may_enter:
        return AnonymousUser()
    proof = session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(proof, staff.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    return staff
