"""Who may call an operation. One that says nothing does not exist: ``operation`` asks."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import actor_for_token
from smartkampung.accounts.roles import Permission
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.signing import is_signed

Call = TypeVar("Call", bound=Callable[..., Any])
Limits = tuple[Limit, Limit | None]
# What each operation declared, by its name: permission, method, limits.
DECLARED: dict[str, tuple[str, str, Limits | None]] = {}
PUBLIC = "public"
GATEWAY = "gateway"  # a message service, by its signature


class StaffCall(HttpRequest):
    """A call by a program that acts in one office of its owner."""

    auth: Actor


def everybody(request: HttpRequest) -> bool:
    """Open an operation to everybody; rows stay closed until a code opens one."""
    act_as(Kind.PUBLIC, by=Kind.PUBLIC, through="api")
    return True


def signed_by_gateway(request: HttpRequest) -> bool:
    """Open an operation to the message service that shares a secret with us.

    ``X-Timestamp`` (seconds since 1970) and ``X-Signature`` as ``notify.signing`` says;
    anything else is a 401, and nothing of it is kept.
    """
    act_as(Kind.PUBLIC, by="gateway", through="api")
    return is_signed(
        secret=settings.MESSAGES_SECRET,
        timestamp=request.headers.get("X-Timestamp", ""),
        signature=request.headers.get("X-Signature", ""),
        body=request.body,
        at=now(),
    )


class Token(HttpBearer):
    """A bearer token of a member of staff, with the rights of this very moment."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who acts; None is a 401, a lacking permission a 403."""
        actor = actor_for_token(token, at=now())
        if actor is None:
            return None
        if not actor.may(self.permission):
            raise AuthorizationError
        act_as(
            Kind.STAFF,
            scope=actor.regions_where(self.permission),
            officer=actor.staff_id,
            health=actor.regions_where(Permission.ISOLATION_HEALTH_VIEW),
            by=actor.username,
            through="api",
        )
        return actor


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    permission: Permission | None = None,
    signed: bool = False,
    limits: Limits | None = None,
    **options: Any,
) -> Callable[[Call], Call]:
    """Add an operation to a router: for everybody, a permission, or a message service."""
    door = signed_by_gateway if signed else everybody
    auth = door if permission is None else Token(permission)

    def declare(call: Call) -> Call:
        name = call.__name__
        open_to = GATEWAY if signed else PUBLIC
        DECLARED[name] = (permission or open_to, method.upper(), limits)
        add = getattr(router, method)
        added: Call = add(path, auth=auth, url_name=name, operation_id=name, **options)(
            call
        )
        return added

    return declare
