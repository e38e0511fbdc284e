"""Claims of the cast in every state, made by the same actions that pages call."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.actions.batch import add_dues, mark_ready, prepare_batch
from smartkampung.aid.actions.budgets import ask_for_budget
from smartkampung.aid.actions.check import record_check
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.actions.handover import record_handover
from smartkampung.aid.actions.objection import answer_objection, file_objection
from smartkampung.aid.actions.overrides import ask_for_override
from smartkampung.aid.actions.returning import return_entitlement
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import (
    Batch,
    BudgetRequest,
    Claim,
    Criterion,
    Decision,
    Enrolment,
    Entitlement,
    FieldCheck,
    Handover,
    Override,
    Programme,
    Proposal,
)
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.handover import GIVES, Outcome, Proof
from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.queries import balances
from smartkampung.residents.models import NIK, Person
from smartkampung.worklist.actions import open_work
from smartkampung.worklist.models import WorkItem
from tests import cast, population
from tests.standing import standing

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


@standing
def desk(*, budget: int = 100) -> Desk:
    """Open the office: staff with offices, the defaults, a budget of food packs."""
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
    photo_id: uuid.UUID | None = None,
) -> FieldCheck:
    """Write down a visit."""
    return record_check(
        form_id=form_id or uuid.uuid4(),
        claim=claim,
        answers=all_answers(yes),
        recommends=recommends,
        programme=FOOD if recommends else None,
        kin_declared=kin,
        photo_id=photo_id,
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


def due_of(claim: Claim | None) -> Entitlement:
    """Return what an approved claim is due."""
    return Entitlement.objects.get(claim=claim)


def state_of(claim: Claim | None) -> str:
    """Return the state as it is now."""
    assert claim is not None
    return Claim.objects.get(pk=claim.pk).state


def batch_state(batch: Batch) -> str:
    """Return the state as it is now."""
    return Batch.objects.get(pk=batch.pk).state


def approved(desk: Desk, person: Person | None = None) -> Entitlement:
    """Return what Wayan is due after Sari's visit and Endang's yes."""
    claim = claim_of(person or population.wayan())
    visit(claim, desk.sari)
    approve(claim, desk.endang)
    return due_of(claim)


def draft(desk: Desk, *, stage: int = 1, code: str = FOOD) -> Batch:
    """Begin a batch for the kecamatan."""
    return prepare_batch(
        programme=programme(code),
        kecamatan_code=cast.KECAMATAN,
        stage=stage,
        hand_over_on=TODAY,
        place="Balai desa",
        by=desk.endang,
        at=NOW,
    )


def announced(desk: Desk, *dues: Entitlement, stage: int = 1) -> Batch:
    """Return a batch with these entitlements, ready for hand-over."""
    batch = draft(desk, stage=stage)
    add_dues(batch=batch, due_ids=[due.pk for due in dues], by=desk.endang, at=NOW)
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    return batch


def at_the_counter(desk: Desk, person: Person | None = None) -> Entitlement:
    """Return an approved entitlement whose batch is ready."""
    due = approved(desk, person)
    announced(desk, due)
    return Entitlement.objects.get(pk=due.pk)


def a_photo() -> uuid.UUID:
    """Return the id of a kept photo."""
    row = Upload.objects.create(
        id=uuid.uuid4(),
        path="x.jpg",
        width=1,
        height=1,
        bytes=1,
        at=NOW,
        region_code=cast.HERE,
    )
    return row.pk


def call(
    due: Entitlement, by: Actor, outcome: Outcome = Outcome.RECEIVED, **more: Any
) -> Handover:
    """Write down a hand-over, proved by signature and photo where one is needed."""
    proof: dict[str, Any] = {}
    if outcome in GIVES:
        proof = {
            "proof": Proof.SIGNATURE,
            "signature_id": a_photo(),
            "photo_id": a_photo(),
        }
    return record_handover(
        **{
            "form_id": uuid.uuid4(),
            "due": due,
            "outcome": outcome,
            "by": by,
            "at": NOW,
            **proof,
            **more,
        }
    )


def given_back(due: Entitlement, *two: Actor, note: str = "Pindah.") -> None:
    """Give aid back that must not be handed over: one asks, another agrees."""
    for by in two:
        return_entitlement(due=due, note=note, by=by, at=NOW)


def absent(due: Entitlement, *callers: Actor) -> None:
    """Write down a call that nobody answered on each of the next days."""
    for number, by in enumerate(callers):
        call(due, by, Outcome.ABSENT, at=NOW + timedelta(days=number))


def refused(desk: Desk, person: Person | None = None) -> Claim:
    """Return Wayan's claim after Endang's no."""
    claim = claim_of(person or population.wayan())
    visit(claim, desk.sari)
    decide_claim(
        claim=claim,
        approved=False,
        programme=None,
        reasons=[Reason.NOT_FOUND_AT_ADDRESS],
        by=desk.endang,
        at=NOW,
    )
    return claim


def reopened(desk: Desk, person: Person | None = None) -> Claim:
    """Return a refused claim that an objection sent back, visited and to be decided."""
    claim = refused(desk, person)
    objection = file_objection(claim=claim, text="Keliru.", by="public", at=NOW)
    answer_objection(
        objection=objection, upheld=True, answer="Benar.", by=desk.bambang, at=NOW
    )
    visit(claim, desk.made)
    return claim


def wish(by: Actor, amount: int = 7, code: str = FOOD) -> BudgetRequest:
    """Ask for more budget."""
    return ask_for_budget(
        form_id=uuid.uuid4(),
        programme=programme(code),
        amount=amount,
        reason="Perubahan APBD.",
        by=by,
        at=NOW,
    )


def person_of(claim: Claim) -> Person:
    """Return whom a claim is about."""
    assert claim.person is not None
    return claim.person


def override_wanted(
    case: Claim | Proposal, listed: Enrolment, by: Actor, **more: Any
) -> Override:
    """Ask for an exception: food packs in spite of what is received."""
    told: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "case": case,
        "programme": programme(),
        "enrolment_id": listed.pk,
        "reason": "Rumah terbakar.",
        "by": by,
        "at": NOW,
    }
    return ask_for_override(**{**told, **more})


def held(code: str = FOOD) -> tuple[int, int, int]:
    """Return what is in the budget, promised and handed out."""
    names = [f"{name}/{code}" for name in ("budget", "committed", "handed_out")]
    found = balances(names)
    return found[names[0]], found[names[1]], found[names[2]]


def open_work_kinds() -> list[str]:
    """Return the kinds of work that wait, by name."""
    items = WorkItem.objects.filter(closed_at=None).order_by("kind")
    return list(items.values_list("kind", flat=True))
