"""How a view says for whom it is. A URL whose view says nothing fails a test.

Each decorator sets the row-level-security actor of the request's transaction, so a
query that forgot its filter still returns nothing from elsewhere.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.adapters import SECOND_FACTOR
from smartkampung.accounts.queries import Staff, actor_for
from smartkampung.accounts.queries.factors import keys_of
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import in_stead
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.queries.own import subject_of
from smartkampung.residents.subject import FAMILY, Subject
from smartkampung.web import resident_session

Rest = ParamSpec("Rest")
Answer = HttpResponseBase


class StaffRequest(HttpRequest):
    """A request that a signed-in member of staff made, with their rights."""

    actor: Actor


class ResidentRequest(HttpRequest):
    """A request of a resident who proved to be family, about that family."""

    subject: Subject


class OwnRequest(HttpRequest):
    """A request of somebody who is signed in, about their own account."""

    user: Staff


class OwnStaffRequest(OwnRequest, StaffRequest):
    """A request of a member of staff, about their own account."""

    user: Staff


def public_page(*methods: str) -> Callable[..., Any]:
    """Open a view to everybody (GET unless said otherwise)."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Rest], Answer],
    ) -> Any:
        @wraps(view)
        def page(
            request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer:
            act_as(Kind.PUBLIC, by=Kind.PUBLIC, through=_door(request))
            return view(request, *args, **kwargs)

        return _declare(page, "public", methods)

    return decorate


def staff_page(permission: Permission, *methods: str) -> Callable[..., Any]:
    """Open a view to staff who hold ``permission`` somewhere (GET unless said).

    Not signed in: to the sign-in page. Without a second factor: to the page that sets
    one up. Without the permission: 403. Where the permission holds is the business of
    the query the view calls (404).
    """

    def decorate(
        view: Callable[Concatenate[StaffRequest, Rest], Answer],
    ) -> Any:
        @wraps(view)
        def page(
            request: StaffRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.session.get(SECOND_FACTOR):
                return redirect("mfa_index")
            actor = actor_for(request.user, on=today())
            if not actor.may(permission):
                raise PermissionDenied
            act_as(
                Kind.STAFF,
                scope=actor.regions_where(permission),
                officer=actor.staff_id,
                health=actor.regions_where(Permission.ISOLATION_HEALTH_VIEW),
                by=actor.username,
                through=_door(request),
            )
            request.actor = actor
            with in_stead(partial(actor.instead_of, permission)):
                return view(request, *args, **kwargs)

        return _declare(page, permission, methods)

    return decorate


def own_page(*methods: str, before_factor: bool = False) -> Callable[..., Any]:
    """Open a view to everybody who is signed in, for their own account only.

    ``before_factor`` opens it before a second factor is set up, too.
    """

    def decorate(
        view: Callable[Concatenate[OwnRequest, Rest], Answer],
    ) -> Any:
        @wraps(view)
        def page(
            request: OwnStaffRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.session.get(SECOND_FACTOR):
                if not before_factor:
                    return redirect("mfa_index")
                if keys_of(request.user.pk):
                    # It has a second factor, which this session never showed.
                    logout(request)
                    return redirect_to_login(request.get_full_path())
            act_as(Kind.STAFF, by=request.user.username, through=_door(request))
            if request.session.get(SECOND_FACTOR):
                request.actor = actor_for(request.user, on=today())
            return view(request, *args, **kwargs)

        return _declare(page, "own_account", methods)

    return decorate


def resident_page(*methods: str, resumes: bool = False) -> Callable[..., Any]:
    """Open a view to a resident who proved to be family (GET unless said).

    ``resumes`` brings them back to the page from the door: for pages that open for any
    family, whose address holds nothing of one.

    Without a session of a resident, or after it ended: to the door of "my data". A
    session of staff opens nothing here, and this one nothing of theirs.
    """

    def decorate(
        view: Callable[Concatenate[ResidentRequest, Rest], Answer],
    ) -> Any:
        @wraps(view)
        def page(
            request: ResidentRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer:
            session = resident_session.of(request)
            if session is None:
                back_to = request.path if resumes and request.method == "GET" else ""
                return resident_session.to_the_door(request, back_to=back_to)
            request.subject = subject_of(session)
            act_as(
                Kind.RESIDENT,
                family=request.subject.family_id,
                by=FAMILY,
                through=_door(request),
            )
            return view(request, *args, **kwargs)

        return _declare(page, "resident", methods)

    return decorate


def machine_page(view: Callable[[HttpRequest], Answer]) -> Any:
    """Open a view to programs that look after the server; no transaction, no actor."""
    return _declare(transaction.non_atomic_requests(view), "machine", ())


def _door(request: HttpRequest) -> str:
    """Return the name of the page, without what its address holds."""
    match = request.resolver_match
    return match.view_name if match else ""


def _declare(page: Any, permission: str, methods: tuple[str, ...]) -> Any:
    guarded = require_http_methods(list(methods) or ["GET", "HEAD"])(page)
    guarded.declared_permission = permission
    guarded.declared_methods = methods or ("GET",)
    return guarded
