"""Reads of second factors."""

from allauth.mfa.models import Authenticator

KEYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def keys_of(staff_id: int) -> int:
    """Return how many second factors an account has; recovery codes are none."""
    keys = Authenticator.objects.filter(user_id=staff_id, type__in=KEYS)
    return int(keys.count())
