"""Making staff accounts, closing them and opening them again."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.devices import revoke_all_devices
from smartkampung.accounts.actions.sessions import end_sessions
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import refuse_if
from smartkampung.accounts.models import ApiToken, Staff
from smartkampung.accounts.queries.administration import wholly_inside
from smartkampung.accounts.rules import NOBODYS_NAMES, account_hindrances
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.sealed import blind_index
from smartkampung.worklist.actions import release_work

FAMILY_CARD = "kk"  # the purpose under which residents, a layer above, seal it


class UsernameTaken(Refused):
    """Somebody else signs in with that name."""

    code = "username_taken"


def create_staff(
    *,
    username: str,
    full_name: str,
    by: str,
    email: str = "",
    language: str = "id",
    password: str | None = None,
    is_demo: bool = False,
    kk: str = "",
) -> Staff:
    """Make an account; raise UsernameTaken when the name is in use.

    The name is stored in lower case, because phones capitalise first letters; names by
    which the program signs are in use.
    Without a password nobody can sign in until an invitation has set one. Of the
    family card (``kk``, 16 digits) only the fingerprint is kept, by which officers are
    kept from ruling on their own kin.
    """
    staff = Staff(
        username=username.strip().lower(),
        full_name=full_name,
        email=email,
        language=language,
        is_demo=is_demo,
        family_index=blind_index(kk, FAMILY_CARD) if kk else None,
    )
    if password is None:
        staff.set_unusable_password()
    else:
        staff.set_password(password)
    taken = UsernameTaken(_("That username is taken. Choose another one."))
    if staff.username in NOBODYS_NAMES:
        raise taken
    with atomic_or_refuse({"accounts_staff_username_key": taken}):
        staff.save()
    record("accounts.staff_created", target=staff, by=by)
    return staff


def disable_staff(*, staff: Staff, reason: str, by: Actor, at: datetime) -> None:
    """Close an account: sessions, tokens and devices end at once, nobody can sign in.

    Raises NotAllowed for one's own, and for who also serves elsewhere.
    """
    may_touch(staff, by=by, on=at.date())
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    end_sessions(staff=staff, by=by.username)
    tokens = ApiToken.objects.filter(assignment__staff=staff, revoked_at=None)
    tokens.update(revoked_at=at)
    release_work(given_to=staff.username)
    revoke_all_devices(staff=staff, by=by.username, at=at)
    record("accounts.staff_disabled", target=staff, by=by.username, reason=reason)


def enable_staff(*, staff: Staff, by: Actor, at: datetime) -> None:
    """Open a closed account again; tokens that were revoked stay so."""
    may_touch(staff, by=by, on=at.date())
    Staff.objects.filter(pk=staff.pk).update(is_active=True)
    record("accounts.staff_enabled", target=staff, by=by.username)


def may_touch(staff: Staff, *, by: Actor, on: date) -> None:
    """Raise NotAllowed unless the whole account is the administrator's business."""
    own = staff.pk == by.staff_id
    inside = wholly_inside(by, staff, on=on)
    refuse_if(account_hindrances(own=own, inside_area=inside))
