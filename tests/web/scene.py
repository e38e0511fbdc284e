"""One of everything, living at RT_HERE, for the permission matrix."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from smartkampung.accounts.models import Assignment, FactorReset, Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.objection import file_objection
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Batch, Claim, Entitlement, Objection, ReportingPhase
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import NikClaim, Person
from tests import cases, population
from tests.cases import NOW
from tests.cast import RT_HERE, staff
from tests.contests import contested
from tests.reporting import open_phase, told

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
    to_check: Claim
    unmatched: Claim
    to_decide: Claim
    photo: uuid.UUID
    refused: Claim
    objection: Objection
    due: Entitlement
    batch: Batch


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
    unmatched = cases.claim_of(None, nik="3510091505900009")
    Claim.objects.filter(pk=unmatched.pk).update(region_code=RT_HERE)
    due = cases.at_the_counter(
        desk, population.person("Putradinata", "3510091505900004")
    )
    Path(settings.UPLOADS).mkdir(parents=True, exist_ok=True)
    (Path(settings.UPLOADS) / Upload.objects.get(pk=photo).path).write_bytes(b"jpeg")
    assert due.batch is not None
    return Scene(
        code=send_report(
            told=told(), channel=Channel.ASSISTED, by="sari", at=now()
        ).code,
        phase=open_phase(at=now()),
        kartika=kartika,
        office=Assignment.objects.get(staff=kartika),
        reset=FactorReset.objects.create(
            staff=kartika, reason="lost", asked_by="somebody", asked_at=NOW
        ),
        wayan=wayan,
        contest=contested(holder=wayan),
        to_check=cases.claim_of(wayan),
        unmatched=unmatched,
        to_decide=to_decide,
        photo=photo,
        refused=refused,
        objection=file_objection(
            claim=objected, text="Rumahnya ada.", by="public", at=NOW
        ),
        due=due,
        batch=due.batch,
    )
