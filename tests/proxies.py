"""Made, who may collect for Wayan: written down by Sari, approved by the head."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Proxy
from smartkampung.aid.proxies.actions import decide_proxy, name_proxy
from smartkampung.aid.proxies.rules import Relation, Told, Wish
from smartkampung.residents.models import Person
from tests import cases, cast
from tests.cases import NOW, TODAY

MADE_NIK = "3510091505880021"
TOLD = Told(
    name="Made Sutama",
    relation=Relation.NEIGHBOUR,
    wish=Wish.RECIPIENT,
    reason="",
    since=TODAY,
    until=TODAY + timedelta(days=30),
)


def head() -> Actor:
    """Return the village head, who approves."""
    known = Staff.objects.filter(username="ketut").first()
    account = known or cast.staff("ketut", Role.VILLAGE_HEAD, cast.HERE, name="Ketut")
    return cases.rights(account)


def named(
    desk: cases.Desk, person: Person, *, nik: str = MADE_NIK, **more: Any
) -> Proxy:
    """Return a proxy that waits for the village head."""
    return name_proxy(
        form_id=uuid.uuid4(),
        person=person,
        told=replace(TOLD, **more),
        nik=nik,
        by=desk.sari,
        at=NOW,
    )


def in_force(desk: cases.Desk, person: Person, **more: Any) -> Proxy:
    """Return a proxy whom the village head approved."""
    row = named(desk, person, **more)
    decide_proxy(proxy=row, approved=True, by=head(), at=NOW)
    return Proxy.objects.get(pk=row.pk)
