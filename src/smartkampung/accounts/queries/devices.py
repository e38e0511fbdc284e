"""Which phone calls, for whom, and whether it still may."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.keys import key_hash
from smartkampung.accounts.models import Device, Staff
from smartkampung.accounts.queries.actors import actor_for

# So long does an ended phone still hand over what lies on it by itself.
STILL_HEARD = timedelta(days=30)


class Standing(StrEnum):
    """Whether a device still acts for its person."""

    ACTIVE = "device_active"
    REVOKED = "device_revoked"
    EXPIRED = "device_expired"


@dataclass(frozen=True)
class Caller:
    """A device that calls, how it stands, and the rights of its person right now."""

    device: Device
    standing: Standing
    actor: Actor

    @property
    def active(self) -> bool:
        """Say whether it still acts for its person."""
        return self.standing is Standing.ACTIVE

    def heard(self, *, at: datetime) -> bool:
        """Say whether what it sends is taken in: for a while after its end, too."""
        return self.active or at < end_of(self.device) + STILL_HEARD


def caller_of(text: str, *, at: datetime) -> Caller | None:
    """Return who calls with a token; None when no device ever had it."""
    return _caller(Device.objects.filter(token_hash=key_hash(text)), at=at)


def caller_by_id(device_id: uuid.UUID, *, at: datetime) -> Caller | None:
    """Return who a device acts for, as if it called: for what was carried in by hand."""
    return _caller(Device.objects.filter(pk=device_id), at=at)


def _caller(rows: QuerySet[Device], *, at: datetime) -> Caller | None:
    device = rows.select_related("staff").first()
    if device is None:
        return None
    standing = standing_of(device, at=at)
    staff = device.staff
    if not staff.may_enter:
        return Caller(device, standing, Actor(staff.pk, staff.username))
    return Caller(device, standing, actor_for(staff, on=at.date()))


def standing_of(device: Device, *, at: datetime) -> Standing:
    """Return whether a device still acts for its person."""
    if device.revoked_at is not None or not device.staff.may_enter:
        return Standing.REVOKED
    return Standing.ACTIVE if device.expires_at > at else Standing.EXPIRED


def end_of(device: Device) -> datetime:
    """Return when a device ended, or will if it is not heard of again."""
    return min(device.expires_at, device.revoked_at or device.expires_at)


def devices_of(staff: Staff, *, at: datetime) -> list[Device]:
    """Return the devices that act for somebody, the latest heard of first."""
    alive = Device.objects.filter(staff=staff, revoked_at=None, expires_at__gt=at)
    return list(alive.order_by("-seen_at", "pk"))


def own_device(staff: Staff, device_id: uuid.UUID) -> Device:
    """Return one device of this very account, or raise Http404."""
    return get_object_or_404(
        Device.objects.select_related("staff"), pk=device_id, staff=staff
    )
