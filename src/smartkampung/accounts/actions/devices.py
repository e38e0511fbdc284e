"""Phones for work without a network: enrolling them, hearing of them, ending them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import refuse_if
from smartkampung.accounts.keys import key_hash, new_key
from smartkampung.accounts.models import Assignment, Device, Staff
from smartkampung.accounts.queries.actors import actor_for
from smartkampung.accounts.queries.administration import wholly_inside
from smartkampung.accounts.queries.holding import not_over
from smartkampung.accounts.rules import Hindrance
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused

PREFIX = "skf_"
LIVES = timedelta(days=14)  # after it was last heard of
LONGEST = timedelta(days=90)  # after it was enrolled, however often it is heard of
NOTED_EVERY = timedelta(minutes=10)
MOST_DEVICES = 5
BY_DATE = "offices"  # who ended the phones of a term that ran out


class SignedOut(Refused):
    """The password changed, or the account was closed, while the phone was enrolled."""

    code = "signed_out"


class TooManyDevices(Refused):
    """Somebody works on more phones than one has pockets."""

    code = "too_many_devices"


@dataclass(frozen=True)
class Enrolled:
    """A device and its token, which cannot be shown again."""

    device: Device
    token: str


def enrol_device(*, staff: Staff, name: str, by: str, at: datetime) -> Enrolled:
    """Let a phone act for somebody; raise TooManyDevices or SignedOut.

    ``staff`` is who asks as they signed in: a new password, and closing the account,
    ended their phones, and one that came a moment later would live on.
    """
    now_is = Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    if not now_is.is_active or now_is.password != staff.password:
        raise SignedOut(_("This account was signed out a moment ago. Sign in again."))
    alive = Device.objects.filter(staff=staff, revoked_at=None, expires_at__gt=at)
    if alive.count() >= MOST_DEVICES:
        raise TooManyDevices(
            _("You use five phones already. End one that you do not need any more.")
        )
    text = new_key(PREFIX)
    device = Device.objects.create(
        id=uuid.uuid4(),
        staff=staff,
        name=name,
        token_hash=key_hash(text),
        created_at=at,
        seen_at=at,
        expires_at=at + LIVES,
    )
    record(
        "accounts.device_enrolled",
        target=device,
        by=by,
        region_code=_office_of(staff, at),
    )
    return Enrolled(device, text)


def heard_of(device: Device, *, at: datetime) -> None:
    """Let a device that works live on; written down now and then, not each time."""
    if at - device.seen_at < NOTED_EVERY:
        return
    device.seen_at = at
    device.expires_at = min(at + LIVES, device.created_at + LONGEST)
    Device.objects.filter(pk=device.pk, revoked_at=None).update(
        seen_at=at, expires_at=device.expires_at
    )


def revoke_device(
    *, device: Device, by: str, at: datetime, region_code: str = ""
) -> None:
    """End a device at once; one that was ended stays as it is.

    What lies on it is still taken in, and looked at by a human. ``region_code`` is
    where that belongs if its person has no office any more.
    """
    changed = Device.objects.filter(pk=device.pk, revoked_at=None)
    if changed.update(revoked_at=at, revoked_by=by):
        record(
            "accounts.device_revoked",
            target=device,
            by=by,
            region_code=region_code or _office_of(device.staff, at),
        )


def revoke_for(*, device: Device, by: Actor, at: datetime) -> None:
    """End the device of somebody whom an administrator looks after.

    Raises NotAllowed for who also serves elsewhere.
    """
    inside = wholly_inside(by, device.staff, on=at.date())
    refuse_if([] if inside else [Hindrance.OUTSIDE_AREA])
    revoke_device(device=device, by=by.username, at=at)


def revoke_all_devices(
    *, staff: Staff, by: str, at: datetime, region_code: str = ""
) -> None:
    """End every device of an account."""
    for device in Device.objects.filter(staff=staff, revoked_at=None):
        revoke_device(device=device, by=by, at=at, region_code=region_code)


def end_phones_without_office(*, at: datetime) -> int:
    """End the phones of everybody whose last office ran out; return of how many people.

    An office that is taken back ends them at once; a term ends by its date alone.
    """
    serving = Assignment.objects.filter(not_over(day(at)), staff=OuterRef("pk"))
    alive = Device.objects.filter(staff=OuterRef("pk"), revoked_at=None)
    left = list(Staff.objects.filter(Exists(alive), ~Exists(serving)))
    for staff in left:
        last = Assignment.objects.filter(staff=staff).order_by("-since", "-pk").first()
        place = (last.region_id if last else None) or ""
        with transaction.atomic():
            revoke_all_devices(staff=staff, by=BY_DATE, at=at, region_code=place)
    return len(left)


def _office_of(staff: Staff, at: datetime) -> str:
    """Return where the events of a phone belong: whoever audits elsewhere sees none."""
    posts = actor_for(staff, on=at.date()).posts
    return next((code for post in posts for code in post.regions), "")
