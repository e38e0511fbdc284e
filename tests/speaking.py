"""Announcements for tests: who speaks, and to whom."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from smartkampung.accounts.actions.phones import ask_phone_code, prove_phone
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.announcing import Said, announce
from smartkampung.frontline.voice.models import Announcement
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import now
from smartkampung.notify.models import Message
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, RT_HERE, staff

NUMBER = "+6281300000001"
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


def with_phone(account: Staff, number: str = NUMBER) -> Staff:
    """Let an officer prove a phone, and agree to messages."""
    with time_machine.travel(now(), tick=False):
        ask_phone_code(staff=account, number=number, at=now())
        code = Message.objects.latest("pk").secret
        assert code is not None
        assert prove_phone(staff=account, number=number, code=code.open(), at=now())
    return account
