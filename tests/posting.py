"""Lists of recipients as they are posted, on days by the clock of the database."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.disclosure.actions.publications import write_names
from smartkampung.aid.models import (
    Cycle,
    Proposal,
    Publication,
    PublishedName,
    VillageList,
)
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population, rounds
from tests.cases import FOOD, NOW

DAY = timedelta(days=1)
UNDECIDED: dict[str, Any] = {
    "decided_by_id": None,
    "decided_at": None,
    "granted": False,
}
LAW = "Permensos 1/2026 pasal 9"


def today() -> date:
    """Return the day by the clock that row-level security reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date")
        found: date = cursor.fetchone()[0]
    return found


def noon() -> datetime:
    """Return the noon of that day."""
    return datetime.combine(today(), time(12), tzinfo=WIB)


@dataclass(frozen=True)
class Office:
    """Two officers of Dinsos, and a cycle whose time is now."""

    round: rounds.Round
    dian: Actor
    rina: Actor

    @property
    def cycle(self) -> Cycle:
        """Return the cycle."""
        return Cycle.objects.select_related("programme").get(pk=self.round.cycle.pk)


def an_office(desk: cases.Desk | None = None, *, code: str = FOOD) -> Office:
    """Open Dinsos, with a cycle of food packs or of something else."""
    round_ = rounds.a_round(desk=desk, code=code)
    Cycle.objects.filter(pk=round_.cycle.pk).update(
        since=today() - 40 * DAY, until=today() + 60 * DAY
    )
    dian, rina = (
        cases.rights(cast.staff(name, Role.DINSOS, cast.REGENCY))
        for name in ("dinda", "rina")
    )
    return Office(round_, dian, rina)


def approve(office: Office, village: str, count: int, *, name: str = "Wayan") -> None:
    """Have a village with so many recipients, its list approved by everybody."""
    desk = office.round.desk
    round_ = office.round
    if village != round_.village.village_code:
        round_ = replace(round_, village=rounds.a_list(round_.cycle, village=village))
    VillageList.objects.filter(pk=round_.village.pk).delete()
    meeting = rounds.a_meeting(round_, number=f"{village}/1")
    approved = VillageList.objects.create(
        cycle=round_.cycle,
        village_code=village,
        quota=count,
        state=VillageList.State.APPROVED,
        meeting=meeting,
        sent_by_id=desk.sari.staff_id,
        decided_by_id=desk.made.staff_id,
        approved_by_id=desk.endang.staff_id,
    )
    round_ = replace(round_, village=approved)
    for number in range(count):
        person = population.person(f"{name} No{number}", region=f"{village}.001.001")
        row = rounds.a_recipient(round_, person)
        Proposal.objects.filter(pk=row.pk).update(rank=number + 1)


def a_publication(
    office: Office, *, begins: int = -3, ends: int = 4, **more: Any
) -> Publication:
    """Have a list switched on, for days counted from today."""
    told: dict[str, Any] = {
        "pk": uuid.uuid4(),
        "cycle": office.cycle,
        "region_code": cast.REGENCY,
        "legal_reference": LAW,
        "since": today() + begins * DAY,
        "until": today() + ends * DAY,
        "asked_by_id": office.dian.staff_id,
        "asked_at": NOW,
        "decided_by_id": office.rina.staff_id,
        "decided_at": NOW,
        "granted": True,
    }
    return Publication.objects.create(**{**told, **more})


def posted(office: Office, **more: Any) -> Publication:
    """Have a list posted, counted and written as the night does."""
    act_as(Kind.JOB)
    row = a_publication(office, **more)
    publish_programmes(at=NOW)
    write_names(publication_id=row.pk, at=noon())
    return row


def names_by_hand(row: Publication, village: str, count: int = 5) -> None:
    """Write masked names, whatever the rules would say."""
    PublishedName.objects.bulk_create(
        PublishedName(
            publication=row, village_code=village, number=number, masked="W*** S***"
        )
        for number in range(1, count + 1)
    )


def read(kind: Kind, *scope: str) -> list[str]:
    """Return what somebody reads of the whole table, with no filter of ours."""
    act_as(kind, scope=scope)
    found = list(PublishedName.objects.values_list("village_code", flat=True))
    act_as(Kind.JOB)
    return found
