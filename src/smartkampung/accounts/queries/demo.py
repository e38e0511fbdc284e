"""What a stranger needs to play in the demo; nothing here works outside it."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import on_the_wall

PERIOD = 30


@dataclass(frozen=True)
class DemoAccount:
    """One account to play with, and the office it holds."""

    username: str
    full_name: str
    role: Promise
    place: str


def demo_accounts(*, on: date) -> list[DemoAccount]:
    """Return the demo accounts of today, in the order of the roles."""
    _only_in_demo()
    order = list(Role)
    rows = (
        holding(on)
        .filter(staff__is_demo=True, staff__is_active=True)
        .annotate(place=Coalesce("region__name", "health_centre__name"))
        .order_by("pk")
        .values_list("role", "staff__username", "staff__full_name", "place")
    )
    return [
        DemoAccount(username, full_name, ROLE_LABELS[Role(role)], place)
        for role, username, full_name, place in sorted(
            rows, key=lambda row: order.index(Role(row[0]))
        )
    ]


def demo_code(*, at: datetime) -> tuple[str, int]:
    """Return the code that opens every demo account now, and its seconds left.

    Sign-in and apps on phones go by the clock on the wall, however far a demo travelled.
    """
    _only_in_demo()
    counter, gone = divmod(int(on_the_wall(at).timestamp()), PERIOD)
    value = hotp_value(settings.DEMO_TOTP_SECRET, counter)
    return format_hotp_value(value), PERIOD - gone


def demo_leftovers() -> list[str]:
    """Return what of a demo stands in this deployment, as sentences for operators.

    Empty in demo mode, where it belongs. Nobody can choose the demo password for a
    real account (``accounts.passwords``), so accounts and secrets are all there is.
    """
    if settings.DEMO:
        return []
    found = [
        f"The demo account {name} exists. Remove it or start with an empty database."
        for name in Staff.objects.filter(is_demo=True).values_list(
            "username", flat=True
        )
    ]
    secrets = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    found += [
        f"The account {factor.user.username} has the second factor of the demo."
        for factor in secrets.select_related("user")
        if decrypt(factor.data["secret"]) == settings.DEMO_TOTP_SECRET
    ]
    return found


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise RuntimeError("demo accounts are readable in the demo only")
