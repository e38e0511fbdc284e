"""Claims of the cast in every state, made by the same actions that pages call."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.actions.check import record_check
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import (
    Batch,
    Claim,
    Criterion,
    Decision,
    Enrolment,
    Entitlement,
    FieldCheck,
    Programme,
)
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.actions import transfer
from smartkampung.residents.models import NIK, Person
from smartkampung.worklist.actions import open_work
from tests import cast, population

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
TODAY = NOW.date()
FOOD = "apbd_food"


@dataclass(frozen=True)
class Desk:
    """Everybody who acts on a claim, and the programmes with money in them."""

    sari: Actor
    made: Actor
    endang: Actor
    bambang: Actor


def desk(*, budget: int = 100) -> Desk:
    """Open the office: staff with offices, the defaults, a budget of food packs."""
    act_as(Kind.JOB)
    load_defaults()
    if budget:
        fund(FOOD, budget)
    return Desk(
        sari=rights(cast.sari()),
        made=rights(cast.staff("made", Role.RT_HEAD, cast.RT_HERE)),
        endang=rights(cast.camat()),
        bambang=rights(cast.staff("bambang", Role.KECAMATAN_OFFICER, cast.KECAMATAN)),
    )


def rights(staff: Staff) -> Actor:
    """Return the rights of an account today."""
    return actor_for(staff, on=TODAY)


def fund(programme: str, amount: int) -> None:
    """Add to a budget."""
    legs = [(f"source/{programme}", -amount), (f"budget/{programme}", amount)]
    key = f"test.fund:{uuid.uuid4()}"
    transfer(key=key, kind="test.fund", legs=legs, by="dinsos", at=NOW)


def claim_of(
    person: Person | None, *, nik: str = population.WAYAN_NIK, at: datetime = NOW
) -> Claim:
    """Open a claim, as verification does, with the visit waiting on the list."""
    index = person.nik_index if person and person.nik_index else blind_index(nik, NIK)
    claim = Claim.objects.create(
        nik_index=index,
        person=person,
        region_code=person.region_code if person else cast.HERE,
        state=Claim.State.TO_CHECK,
        opened_at=at,
        due_at=at + timedelta(days=7),
    )
    open_work(
        kind="aid.field_check",
        target=claim,
        permission=Permission.FIELD_CHECK,
        region_code=claim.region_code,
        due_at=at + timedelta(days=3),
    )
    return claim


def all_answers(yes: bool = True) -> dict[str, bool]:
    """Answer every criterion alike."""
    return dict.fromkeys(Criterion.objects.values_list("code", flat=True), yes)


def visit(
    claim: Claim,
    by: Actor,
    *,
    recommends: bool = True,
    yes: bool = True,
    kin: bool = False,
    form_id: uuid.UUID | None = None,
) -> FieldCheck:
    """Write down a visit."""
    return record_check(
        form_id=form_id or uuid.uuid4(),
        claim=claim,
        answers=all_answers(yes),
        recommends=recommends,
        programme=FOOD if recommends else None,
        kin_declared=kin,
        by=by,
        at=NOW,
    )


def programme(code: str = FOOD) -> Programme:
    """Return a programme."""
    return Programme.objects.get(code=code)


def approve(claim: Claim, by: Actor, code: str = FOOD) -> Decision:
    """Approve a programme."""
    return decide_claim(
        claim=claim, approved=True, programme=programme(code), by=by, at=NOW
    )


def listed(
    person: Person,
    code: str,
    *,
    component: str = "",
    since: date = date(2026, 1, 1),
    alone: bool = False,
) -> Enrolment:
    """Put a family (or a person alone) on a programme's list."""
    return Enrolment.objects.create(
        programme_id=code,
        family=person.family,
        person=person if alone else None,
        component=component,
        since=since,
        source="test",
    )


def due_of(claim: Claim) -> Entitlement:
    """Return what an approved claim is due."""
    return Entitlement.objects.get(claim=claim)


def state_of(claim: Claim) -> str:
    """Return the state as it is now."""
    return Claim.objects.get(pk=claim.pk).state


def batch_state(batch: Batch) -> str:
    """Return the state as it is now."""
    return Batch.objects.get(pk=batch.pk).state
