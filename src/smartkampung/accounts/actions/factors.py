"""Second factors of staff."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from smartkampung.accounts.actions.sessions import end_sessions
from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record


def enroll_demo_totp(*, staff: Staff, secret: str) -> None:
    """Give a demo account the secret that all demo accounts share.

    Raises RuntimeError outside demo mode: a shared secret protects nobody.
    """
    if not (settings.DEMO and staff.is_demo):
        raise RuntimeError("a shared secret is for demo accounts in demo mode only")
    Authenticator.objects.filter(user=staff).delete()
    TOTP.activate(staff, secret)


def note_factor(*, staff: Staff, change: str, keep: str, by: str) -> None:
    """Write down that a second factor was added or removed, and end other sessions.

    Sessions that began before did not show it.
    """
    end_sessions(staff=staff, keep=keep, by=by)
    record("accounts.second_factor_changed", target=staff, by=by, change=change)
