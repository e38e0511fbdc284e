"""Cycles of the cast: rows as the actions leave them, for tests that begin later."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.cycles.actions.judge import decide_list, verify
from smartkampung.aid.cycles.actions.plan import set_fund
from smartkampung.aid.cycles.actions.propose import propose, record_meeting, send_list
from smartkampung.aid.models import (
    Cycle,
    Enrolment,
    Entitlement,
    Meeting,
    Proposal,
    Run,
    Tranche,
    VillageList,
)
from smartkampung.ledger.actions import transfer
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import open_all_work
from tests import cases, cast, population
from tests.cases import FOOD, NOW, Desk

BEGINS, ENDS = date(2026, 11, 1), date(2027, 2, 1)


@dataclass(frozen=True)
class Round:
    """A desk, a cycle with one tranche, and the list of one village."""

    desk: Desk
    cycle: Cycle
    tranche: Tranche
    village: VillageList


def a_round(
    *, code: str = FOOD, quota: int = 5, budget: int = 100, desk: Desk | None = None
) -> Round:
    """Begin a cycle with a list for the village of Sari."""
    desk = desk or cases.desk(budget=0)
    programme = cases.programme(code)
    if budget:
        cases.fund(code, budget)
    cycle = Cycle.objects.create(
        programme=programme,
        name="Akhir 2026",
        since=BEGINS,
        until=ENDS,
        propose_until=date(2026, 12, 1),
        opened_by_id=desk.endang.staff_id,
        opened_at=NOW,
    )
    return Round(desk, cycle, a_tranche(cycle), a_list(cycle, quota=quota))


def a_tranche(cycle: Cycle, *, number: int = 1, **more: Any) -> Tranche:
    """Plan a tranche for November, or for another period."""
    programme = cycle.programme
    told = {"period": BEGINS, "due_on": date(2026, 12, 10), "amount": programme.amount}
    kept = {"contents": programme.contents, "contents_en": programme.contents_en}
    return Tranche.objects.create(
        cycle=cycle, number=number, **{**told, **kept, **more}
    )


def a_list(cycle: Cycle, *, village: str = cast.HERE, quota: int = 5) -> VillageList:
    """Begin the list of a village."""
    return VillageList.objects.create(cycle=cycle, village_code=village, quota=quota)


def a_meeting(round_: Round, **more: Any) -> Meeting:
    """Write the minutes of a meeting down."""
    told: dict[str, Any] = {
        "id": uuid.uuid4(),
        "cycle": round_.cycle,
        "village_code": round_.village.village_code,
        "number": "141/12/2026",
        "held_on": date(2026, 11, 20),
        "attendance": 31,
        "minutes_id": cases.a_photo(),
        "recorded_by_id": round_.desk.sari.staff_id,
        "recorded_at": NOW,
    }
    return Meeting.objects.create(**{**told, **more})


def a_proposal(round_: Round, person: Person | None = None, **more: Any) -> Proposal:
    """Propose Wayan's family, or that of another."""
    person = person or population.wayan()
    told: dict[str, Any] = {
        "cycle": round_.cycle,
        "village_list": round_.village,
        "family": person.family,
        "person": person,
        "unit_key": f"family:{person.family_id}",
        "region_code": person.region_code,
        "rank": 1,
        "proposed_by_id": round_.desk.sari.staff_id,
        "proposed_at": NOW,
    }
    return Proposal.objects.create(**{**told, **more})


def a_run(round_: Round) -> Run:
    """Return work on many villages that runs."""
    return Run.objects.create(
        cycle=round_.cycle,
        kind=Run.Kind.PROPOSE,
        region_code=round_.village.village_code,
        total=1,
        started_by_id=round_.desk.sari.staff_id,
        started_at=NOW,
    )


def a_recipient(round_: Round, person: Person | None = None) -> Proposal:
    """Return somebody who was approved, as approval leaves them."""
    person = person or population.wayan()
    listed = Enrolment.objects.create(
        programme=round_.cycle.programme,
        family=person.family,
        since=BEGINS,
        until=ENDS,
        source="aid.cycle",
    )
    return a_proposal(round_, person, state="enrolled", enrolment=listed)


def a_due(round_: Round, proposal: Proposal | None = None) -> Entitlement:
    """Return what a recipient is due from the tranche, with its money put aside."""
    row = proposal or a_recipient(round_)
    programme, tranche = round_.cycle.programme, round_.tranche
    due = Entitlement.objects.create(
        proposal=row,
        tranche=tranche,
        programme=programme,
        family=row.family,
        person=row.person,
        unit_key=row.unit_key,
        region_code=row.region_code,
        period=tranche.period,
        amount=tranche.amount,
        contents=tranche.contents,
        contents_en=tranche.contents_en,
        enrolment=row.enrolment,
    )
    transfer(
        key=f"test.commit:{due.pk}",
        kind="aid.commit",
        legs=[
            (f"budget/{programme.code}", -due.amount),
            (f"committed/{programme.code}", due.amount),
        ],
        by="test",
        at=NOW,
    )
    return due


@dataclass(frozen=True)
class Office:
    """Everybody who acts on the list of Sari's village in a cycle."""

    round: Round
    head: Actor

    @property
    def cycle(self) -> Cycle:
        """Return the cycle."""
        return self.round.cycle

    @property
    def village(self) -> VillageList:
        """Return the list of the village."""
        return self.round.village

    @property
    def sari(self) -> Actor:
        """Return who sends the list."""
        return self.round.desk.sari

    @property
    def made(self) -> Actor:
        """Return who visits."""
        return self.round.desk.made

    @property
    def endang(self) -> Actor:
        """Return who approves."""
        return self.round.desk.endang


def an_office(**more: Any) -> Office:
    """Begin a cycle, with a village head in office."""
    round_ = a_round(**more)
    head = cast.staff("ketut", Role.VILLAGE_HEAD, cast.HERE, name="I Ketut Rata")
    return Office(round_, cases.rights(head))


def met(office: Office, **more: Any) -> Meeting:
    """Write the minutes of the meeting of the village down."""
    told: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "village": office.village,
        "number": "141/12/2026",
        "held_on": date(2026, 3, 2),
        "attendance": 31,
        "minutes_id": cases.a_photo(),
        "by": office.sari,
        "at": NOW,
    }
    return record_meeting(**{**told, **more})


def ids(village: VillageList) -> list[int]:
    """Return who is on a list, in order."""
    return list(village.proposals.order_by("rank").values_list("pk", flat=True))


def fresh(village: VillageList) -> VillageList:
    """Return a list as it is now."""
    return VillageList.objects.get(pk=village.pk)


def sent(office: Office, *people: Person, at: datetime = NOW) -> VillageList:
    """Return the list with these people, as sent to verification."""
    met(office, at=at)
    for each in people:
        propose(village=office.village, person=each, by=office.sari, at=at)
    send_list(village=office.village, by=office.sari, at=at)
    return fresh(office.village)


def verified(office: Office, *people: Person, at: datetime = NOW) -> VillageList:
    """Return the list after the visits."""
    village = sent(office, *people, at=at)
    verify(village=village, fit=ids(village), by=office.made, at=at)
    return fresh(village)


def decided(office: Office, *people: Person, at: datetime = NOW) -> VillageList:
    """Return the list that the village head signed."""
    village = verified(office, *people, at=at)
    decide_list(village=village, by=office.head, at=at)
    return fresh(village)


def approved(office: Office, *people: Person) -> VillageList:
    """Return the list that the camat approved."""
    village = decided(office, *people)
    approve_list(village=village, by=office.endang, at=NOW)
    return fresh(village)


def funded(office: Office, amount: int) -> None:
    """Write the Dana Desa of the village down."""
    set_fund(
        village_code=office.village.village_code,
        year=office.cycle.since.year,
        amount=amount,
        source="Perbup",
        by=office.endang,
        at=NOW,
    )


def waits() -> None:
    """Put the filling of every list on the list of work, as a plan does."""
    open_all_work(
        kind="aid.propose_list",
        targets=[(row, row.village_code) for row in VillageList.objects.all()],
        permission=Permission.LIST_PROPOSE,
        due_at=NOW,
    )
