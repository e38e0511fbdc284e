"""Announcements for tests: who speaks, and to whom."""

from datetime import datetime, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.announcing import Said, announce
from smartkampung.frontline.voice.models import Announcement
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import now
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, RT_HERE, staff

WORDS = "Timbang balita pindah ke balai desa."


def rights(account: Staff) -> Actor:
    """Return the rights of an account at this moment."""
    return actor_for(account, on=now().date())


def heads() -> dict[str, Staff]:
    """Make the offices that are spoken to: RT here and next door, both village heads."""
    return {
        "rt": staff("made", Role.RT_HEAD, RT_HERE, name="Made Artha"),
        "rt_next": staff("nengah", Role.RT_HEAD, f"{NEXT_DOOR}.001.001", name="Nengah"),
        "head": staff("ketut", Role.VILLAGE_HEAD, HERE, name="Ketut Sudana"),
    }


def said(by: Staff, *, at: datetime | None = None, **changes: Any) -> Announcement:
    """Announce something in the kecamatan, as told otherwise."""
    at = at or now()
    told: dict[str, Any] = {"title": "Timbang balita", "body": WORDS}
    told |= {"region_code": KECAMATAN, **changes}
    return announce(said=Said(**told), by=rights(by), at=at)


def asked(by: Staff, *roles: Role, **changes: Any) -> Announcement:
    """Ask RT heads (unless told otherwise) to do something within three days."""
    told: dict[str, Any] = {
        "asks": Ask.ACT,
        "roles": tuple(role.value for role in roles or (Role.RT_HEAD,)),
        "due_on": now().date() + timedelta(days=3),
        **changes,
    }
    return said(by, **told)
