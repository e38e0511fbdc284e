"""Inviting people: a link that works once, by which they choose their password."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.assignments import assign, grant_office
from smartkampung.accounts.actions.sessions import change_password
from smartkampung.accounts.actions.staff import create_staff, may_touch
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.keys import key_hash, new_key
from smartkampung.accounts.models import Invitation, Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send

LIVES = timedelta(hours=72)


class InvitationOver(Refused):
    """The link was used, replaced or is too old."""

    code = "invitation_over"


def invite_staff(
    *,
    username: str,
    full_name: str,
    email: str,
    language: str,
    role: Role,
    place: str,
    since: date,
    until: date | None,
    by: Actor,
    at: datetime,
    kk: str = "",
) -> tuple[Staff, str]:
    """Make an account with its first office; return it and the text of its link.

    Raises UsernameTaken, NotAllowed, NoSuchPlace; then nothing was made.
    """
    with transaction.atomic():
        staff = create_staff(
            username=username,
            full_name=full_name,
            email=email,
            language=language,
            by=by.username,
            kk=kk,
        )
        grant_office(
            staff=staff,
            role=role,
            place=place,
            since=since,
            until=until,
            by=by,
            on=at.date(),
        )
    return staff, open_invitation(staff=staff, by=by.username, at=at)


def invite_first_admin(
    *, username: str, full_name: str, email: str, region: str, by: str, at: datetime
) -> tuple[Staff, str]:
    """Make an administrator where nobody could invite one; return account and link.

    For the command line of the server. Raises UsernameTaken.
    """
    with transaction.atomic():
        staff = create_staff(username=username, full_name=full_name, email=email, by=by)
        assign(
            staff=staff,
            role=Role.SYSTEM_ADMIN,
            region_code=region,
            since=at.date(),
            by=by,
        )
        return staff, open_invitation(staff=staff, by=by, at=at)


def invite_again(*, staff: Staff, by: Actor, at: datetime) -> str:
    """Send a new link, for instance for a forgotten password; the older one closes."""
    may_touch(staff, by=by, on=at.date())
    return open_invitation(staff=staff, by=by.username, at=at)


def open_invitation(*, staff: Staff, by: str, at: datetime) -> str:
    """Return the text of a new link, and send it when the account has an address.

    The second factor stays: a link alone does not open an account that has one.
    """
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    Invitation.objects.filter(staff=staff, closed_at=None).update(closed_at=at)
    text = new_key()
    invitation = Invitation.objects.create(
        staff=staff,
        token_hash=key_hash(text),
        invited_by=by,
        created_at=at,
        expires_at=at + LIVES,
    )
    if staff.email:
        send(
            key=f"invitation:{invitation.pk}",
            to=Sealed.of(staff.email, "phone"),
            template="invitation",
            secret=text,
            language=staff.language,
        )
    record("accounts.invited", target=staff, by=by)
    return text


def accept_invitation(*, invitation: Invitation, password: str, at: datetime) -> Staff:
    """Set the password that the invited person chose; the link is spent.

    Raises InvitationOver when another tab was faster, or the time is up.
    """
    mine = Invitation.objects.filter(
        pk=invitation.pk, closed_at=None, expires_at__gt=at, staff__is_active=True
    )
    if not mine.update(closed_at=at):
        raise InvitationOver(_("This invitation no longer works. Ask for a new one."))
    staff = invitation.staff
    change_password(staff=staff, password=password, keep="", by=staff.username, at=at)
    return staff
