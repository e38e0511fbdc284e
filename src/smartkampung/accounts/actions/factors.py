"""Second factors of staff."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.devices import revoke_all_devices
from smartkampung.accounts.actions.invitations import open_invitation
from smartkampung.accounts.actions.sessions import end_sessions
from smartkampung.accounts.actions.staff import may_touch
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import refuse_if
from smartkampung.accounts.models import FactorReset, Staff
from smartkampung.accounts.queries.administration import wholly_inside
from smartkampung.accounts.rules import reset_hindrances
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse


class AlreadyAsked(Refused):
    """Such a wish waits for a second administrator already."""

    code = "reset_already_asked"


class AlreadyDecided(Refused):
    """Somebody else decided a moment ago."""

    code = "reset_already_decided"


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


def ask_factor_reset(
    *, staff: Staff, reason: str, by: Actor, at: datetime
) -> FactorReset:
    """Ask to take the second factor off an account whose owner lost it.

    Nothing changes until a second administrator grants it. Raises NotAllowed or
    AlreadyAsked.
    """
    may_touch(staff, by=by, on=at.date())
    asked = AlreadyAsked(_("This waits for a second administrator already."))
    with atomic_or_refuse({"staff_has_one_open_factor_reset": asked}):
        reset = FactorReset.objects.create(
            staff=staff, reason=reason, asked_by=by.username, asked_at=at
        )
    record("accounts.reset_asked", target=staff, by=by.username, reason=reason)
    return reset


def decide_factor_reset(
    *, reset: FactorReset, granted: bool, by: Actor, at: datetime
) -> str:
    """Grant or refuse the wish; return the text of a new invitation when granted.

    Granted: all second factors, sessions, phones of field work and the password go,
    since a password alone must not open the account. Raises NotAllowed (also for who asked) and
    AlreadyDecided.
    """
    staff = reset.staff
    refuse_if(
        reset_hindrances(
            asked_by=reset.asked_by,
            decided_by=by.username,
            own=staff.pk == by.staff_id,
            inside_area=wholly_inside(by, staff, on=at.date()),
        )
    )
    waiting = FactorReset.objects.filter(pk=reset.pk, decided_at=None)
    if not waiting.update(decided_by=by.username, decided_at=at, granted=granted):
        raise AlreadyDecided(_("Another administrator has decided already."))
    record("accounts.reset_decided", target=staff, by=by.username, granted=granted)
    if not granted:
        return ""
    Authenticator.objects.filter(user=staff).delete()
    staff.set_unusable_password()
    staff.save(update_fields=["password"])
    end_sessions(staff=staff, by=by.username)
    revoke_all_devices(staff=staff, by=by.username, at=at)
    return open_invitation(staff=staff, by=by.username, at=at)
