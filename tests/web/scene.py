"""One of everything, living at RT_HERE, for the permission matrix."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from smartkampung.accounts.models import Assignment, FactorReset, Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.objection import file_objection
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.cards.actions import replace_card
from smartkampung.aid.cards.rules import End
from smartkampung.aid.complaints import rules as complaints
from smartkampung.aid.complaints.actions import complain
from smartkampung.aid.confirmation.actions import answer_confirmation
from smartkampung.aid.confirmation.queries import hash_of
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.goods.counts import count_shelf
from smartkampung.aid.goods.rules import Cause
from smartkampung.aid.grievances.rules import Kind as Grievances
from smartkampung.aid.grievances.rules import Office
from smartkampung.aid.models import (
    AccountList,
    BankAccount,
    Batch,
    BudgetRequest,
    Claim,
    Complaint,
    Confirmation,
    Entitlement,
    Objection,
    Override,
    Payment,
    Proposal,
    ReportingPhase,
    Run,
    VillageList,
)
from smartkampung.aid.rules.report import Channel
from smartkampung.criteria.models import RuleVersion
from smartkampung.duplicates.models import Merge, Pair
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import new_code
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import Export, Import, ImportReview, NikClaim, Person
from tests import (
    affected,
    arriving,
    cases,
    doubles,
    fieldwork,
    grievances,
    isolating,
    keeping_houses,
    payments,
    points,
    population,
    posting,
    proxies,
    recovering,
    rounds,
    targeting,
    watching,
)
from tests.cases import NOW
from tests.cast import HERE, REGENCY, RT_HERE, staff
from tests.contests import contested
from tests.corrections import asked
from tests.filed import contradiction, export_waiting, preview
from tests.reporting import open_phase, told
from tests.rulings import draft

# Names in the scene that no page may show to who does not see these people.
WORDS = ("Sudarma", "Putradinata", "Komangasih", "Nyomanwati", "Ketutjaya")


@dataclass(frozen=True)
class Scene:
    """Wayan and neighbours, with a claim in each state; Kartika, an officer."""

    code: str
    phase: ReportingPhase
    kartika: Staff
    office: Assignment
    reset: FactorReset
    wayan: Person
    contest: NikClaim
    pair: Pair
    merge: Merge
    correction: Correction
    to_check: Claim
    unmatched: Claim
    to_decide: Claim
    photo: uuid.UUID
    refused: Claim
    objection: Objection
    reopened: Claim
    due: Entitlement
    batch: Batch
    imported: Import
    review: ImportReview
    export: Export
    wish: BudgetRequest
    override: Override
    blocked: dict[str, int]
    listed: int
    village: VillageList
    proposal: Proposal
    run: Run
    rule: RuleVersion
    letter: int
    asked: str
    card_code: str
    proxy: int
    stock_count: uuid.UUID
    point: int
    complaint_code: str
    complaint: int
    grievance_code: str
    grievance: int
    overseen: int
    gap: int
    payment: Payment
    account: BankAccount
    isolated: watching.Isolated
    affected: affected.Met
    sent: fieldwork.Waiting
    targeted: dict[str, Any]
    programme: recovering.Shown
    brought_list: AccountList
    compared_list: AccountList
    publication: uuid.UUID
    posted: uuid.UUID
    house: dict[str, int]
    stay_code: str
    returning: int
    returning_code: str
    secluded: int
    visited: uuid.UUID
    departed: int


def set_scene() -> Scene:
    """Make everything; the transaction may see all of it afterwards."""
    act_as(Kind.JOB)
    desk = cases.desk()
    wayan = population.wayan()
    kartika = staff("kartika", Role.RT_HEAD, RT_HERE, name="Kartika Anjani")
    to_decide = cases.claim_of(population.person("Nyomanwati", "3510095505900001"))
    photo = cases.a_photo()
    cases.visit(to_decide, desk.sari, photo_id=photo)
    refused = cases.refused(desk, population.person("Komangasih", "3510095505900002"))
    objected = cases.refused(desk, population.person("Ketutjaya", "3510091505900003"))
    reopened = cases.reopened(
        desk, population.person("Kadek", "3510091505900006", born_on=None)
    )
    unmatched = cases.claim_of(None, nik="3510091505900009")
    Claim.objects.filter(pk=unmatched.pk).update(region_code=RT_HERE)
    due = cases.at_the_counter(
        desk, population.person("Putradinata", "3510091505900004")
    )
    _draw(photo)
    assert due.batch is not None
    imported = preview()
    stands, taken_up = doubles.double("Nyomanwati"), doubles.double("Nyomanwati B")
    return Scene(
        code=send_report(
            told=told(), channel=Channel.ASSISTED, by="sari", at=now()
        ).code,
        phase=open_phase(at=now()),
        kartika=kartika,
        office=Assignment.objects.get(staff=kartika),
        reset=_reset(kartika),
        wayan=wayan,
        contest=contested(holder=wayan),
        pair=doubles.pair_of(wayan, doubles.double()),
        merge=doubles.merge(doubles.pair_of(stands, taken_up), stands),
        correction=asked(wayan, evidence_id=photo),
        to_check=cases.claim_of(wayan),
        unmatched=unmatched,
        to_decide=to_decide,
        photo=photo,
        refused=refused,
        objection=_objection(objected),
        reopened=reopened,
        due=due,
        batch=due.batch,
        imported=imported,
        review=contradiction(imported, wayan),
        export=export_waiting(),
        rule=draft(),
        **_told_by_people(desk, photo),
        letter=refused.decisions.get().pk,
        wish=cases.wish(cases.rights(staff("dian", Role.DINSOS, REGENCY))),
        **_excepted(desk, to_decide, wayan),
        **_in_a_cycle(desk, wayan, photo),
        **_for_the_counter(desk, due),
        **_accounts(desk, wayan, kartika),
        isolated=watching.isolated(RT_HERE, at=now()),
        house=keeping_houses.with_everything(photo),
        stay_code=isolating.booked_here(),
    )


def _accounts(desk: cases.Desk, wayan: Person, kartika: Staff) -> dict[str, Any]:
    """Write an account down, bring two lists of accounts; let a phone send forms."""
    return {
        "sent": fieldwork.waiting(kartika, RT_HERE),
        "account": payments.waiting_account(desk.sari, wayan),
        "brought_list": payments.a_list(desk.sari, "bring"),
        "compared_list": payments.a_list(desk.sari, "confirm"),
    }


def _comes_home() -> dict[str, Any]:
    """Let Sudarma book his home here for today."""
    code = new_code()
    party = isolating.a_reservation(
        code_hash=blind_index(code, "tracking"),
        region_code=RT_HERE,
        arrives_on=now().date(),
    )
    isolating.a_stay(party, name="Sudarma", during=isolating.days(now().date()))
    return {"returning": party.pk, "returning_code": code, **_secluded()}


def _secluded() -> dict[str, Any]:
    """Let Sudarma's neighbour be present here, visited, and gone since."""
    stay = arriving.secluded(RT_HERE, "Putradinata")
    visit = arriving.visited(stay, cases.a_photo())
    _draw(visit.photo_id or uuid.uuid4())
    return {
        "secluded": stay.pk,
        "visited": visit.pk,
        "departed": arriving.gone(stay).pk,
    }


def _in_a_cycle(desk: cases.Desk, wayan: Person, photo: uuid.UUID) -> dict[str, Any]:
    """Begin a cycle in which Wayan is proposed, and work on many villages."""
    round_ = rounds.a_round(desk=desk, budget=0)
    VillageList.objects.update(meeting=rounds.a_meeting(round_, minutes_id=photo))
    return {
        "village": round_.village,
        "proposal": rounds.a_proposal(round_, wayan),
        "run": rounds.a_run(round_),
    }


def _excepted(desk: cases.Desk, claim: Claim, wayan: Person) -> dict[str, Any]:
    """Ask for an exception for a claim; Wayan receives what stands in the way too."""
    row = cases.listed(cases.person_of(claim), "pkh")
    return {
        "override": cases.override_wanted(claim, row, desk.endang),
        "blocked": {"claim_id": claim.pk, "enrolment_id": row.pk},
        "listed": cases.listed(wayan, "pkh").pk,
    }


def _for_the_counter(desk: cases.Desk, due: Entitlement) -> dict[str, Any]:
    card = replace_card(person=due.person, end=End.LOST, by=desk.sari, at=NOW)
    assert due.batch is not None
    return {
        "point": points.opened(desk, due.batch).pk,
        "stock_count": _counted(desk),
        "card_code": card,
        "proxy": proxies.named(desk, due.person).pk,
        "payment": payments.a_failed_payment(due),
    }


def _counted(desk: cases.Desk) -> uuid.UUID:
    return count_shelf(
        form_id=uuid.uuid4(),
        item="FOOD_PACK",
        region=HERE,
        counted=1,
        cause=Cause.FOUND,
        reason="Satu lebih.",
        by=desk.sari,
        at=NOW,
    ).pk


def _told_by_people(desk: cases.Desk, photo: uuid.UUID) -> dict[str, Any]:
    publish_programmes(at=NOW)
    told = {**_told_gap(desk), **_told_cut(), **_told_grievances()}
    act_as(Kind.JOB)
    met = affected.met(desk.sari, photo)
    hit = {"affected": met, "targeted": targeting.put_up()}
    hit["programme"] = recovering.shown()
    return {**told, **_posted(desk), **_comes_home(), **hit}


def _told_grievances() -> dict[str, Any]:
    """Ask about a programme here, and tell of somebody in Dinsos."""
    code, asked = grievances.sent(Grievances.QUESTION, text="Sudarma bertanya.")
    _code, above = grievances.sent(
        Grievances.CONDUCT, office=Office.DINSOS, text="Sudarma mengeluh."
    )
    return {
        "grievance_code": code,
        "grievance": asked.pk,
        "overseen": above.pk,
    }


def _posted(desk: cases.Desk) -> dict[str, Any]:
    """Have a list posted here now, and another asked for."""
    act_as(Kind.JOB)
    office = posting.an_office(desk, code="blt_dd")
    now_on = posting.a_publication(office)
    posting.names_by_hand(now_on, HERE)
    later_on = posting.a_publication(office, begins=8, ends=9, **posting.UNDECIDED)
    return {"posted": now_on.pk, "publication": later_on.pk}


def _told_gap(desk: cases.Desk) -> dict[str, Any]:
    """Have a family say that it got less than Sari wrote down."""
    due = cases.approved(desk, population.person("Nengah", "3510091505900012"))
    cases.announced(desk, due, stage=2)
    cases.call(due, desk.sari)
    row = Confirmation.objects.get()
    code = new_code()
    Confirmation.objects.update(code_hash=hash_of(code))
    answer_confirmation(confirmation=row, answer=Answer.LESS, at=NOW)
    return {"asked": code, "gap": row.pk}


def _told_cut() -> dict[str, Any]:
    """Tell of a share that was taken here; the scene sees everything afterwards."""
    told = complaints.Told(
        form_id=uuid.uuid4(),
        region_code=HERE,
        programme=cases.FOOD,
        kind=complaints.Kind.SHARE_TAKEN,
        text="Dipotong Sudarma.",
    )
    code = complain(told=told, at=NOW)
    act_as(Kind.JOB)
    return {"complaint_code": code, "complaint": Complaint.objects.get().pk}


def _draw(photo: uuid.UUID) -> None:
    Path(settings.UPLOADS).mkdir(parents=True, exist_ok=True)
    (Path(settings.UPLOADS) / Upload.objects.get(pk=photo).path).write_bytes(b"jpeg")


def _objection(claim: Claim) -> Objection:
    return file_objection(claim=claim, text="Rumahnya ada.", by="public", at=NOW)


def _reset(who: Staff) -> FactorReset:
    return FactorReset.objects.create(
        staff=who, reason="lost", asked_by="somebody", asked_at=NOW
    )
