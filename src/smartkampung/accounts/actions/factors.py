"""Second factors of staff."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from smartkampung.accounts.models import Staff


def enroll_demo_totp(*, staff: Staff, secret: str) -> None:
    """Give a demo account the secret that all demo accounts share.

    Raises RuntimeError outside demo mode: a shared secret protects nobody.
    """
    if not (settings.DEMO and staff.is_demo):
        raise RuntimeError("a shared secret is for demo accounts in demo mode only")
    Authenticator.objects.filter(user=staff).delete()
    TOTP.activate(staff, secret)
