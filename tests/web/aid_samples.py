"""Objects of aid at RT_HERE for the permission matrix, made once for each walk."""

from typing import Any

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.objection import file_objection
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Batch, Claim, Entitlement, Objection, Programme
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, cast, population
from tests.pictures import jpeg

NAMES = ("Gusti Ngurah Contoh", "Dewa Ayu Contoh", "Made Rai Contoh")
NIKS = ("3510091204700008", "3510094504700009", "3510091204700010")


def desk() -> cases.Desk:
    """Return the office of these samples, opened once."""
    act_as(Kind.JOB)
    if not Programme.objects.exists():
        load_defaults()
        cases.fund(cases.FOOD, 10)
    return cases.Desk(
        **{
            name: cases.rights(_officer(name, role, place))
            for name, role, place in (
                ("sari", Role.VILLAGE_OFFICER, cast.HERE),
                ("made", Role.RT_HEAD, cast.RT_HERE),
                ("endang", Role.KECAMATAN_OFFICER, cast.KECAMATAN),
                ("bambang", Role.KECAMATAN_OFFICER, cast.KECAMATAN),
            )
        }
    )


def _officer(name: str, role: Role, place: str) -> Any:
    account = Staff.objects.filter(username=f"aid-{name}").first()
    return account or cast.staff(f"aid-{name}", role, place)


def _person(number: int) -> Person:
    name, nik = NAMES[number], NIKS[number]
    return Person.objects.filter(name=name).first() or population.person(name, nik)


def open_claim() -> Claim:
    """Return a claim that waits for a visit."""
    desk()
    person = _person(0)
    return Claim.objects.filter(person=person).first() or cases.claim_of(person)


def refused_claim() -> Claim:
    """Return a refused claim with an objection."""
    office, person = desk(), _person(1)
    claim = Claim.objects.filter(person=person).first()
    if claim is None:
        claim = cases.refused(office, person)
        file_objection(claim=claim, text="Keliru.", by="public", at=cases.NOW)
    return claim


def due_row() -> Entitlement:
    """Return aid at the counter."""
    office, person = desk(), _person(2)
    row = Entitlement.objects.filter(person=person).first()
    return row or cases.at_the_counter(office, person)


def claim() -> dict[str, Any]:
    """Return the arguments of a claim's address."""
    return {"claim_id": open_claim().pk}


def refused() -> dict[str, Any]:
    """Return the arguments of a refused claim's address."""
    return {"claim_id": refused_claim().pk}


def photo() -> dict[str, Any]:
    """Return the arguments of a photo's address."""
    of = open_claim()
    checks = of.checks.all()
    if not checks:
        upload = keep_photo(file=jpeg(), region_code=cast.HERE, at=now())
        cases.visit(of, desk().made, kin=True, photo_id=upload.pk)
    return {"claim_id": of.pk, "upload_id": of.checks.get().photo_id}


def objection() -> dict[str, Any]:
    """Return the arguments of an objection's address."""
    return {"objection_id": Objection.objects.get(claim=refused_claim()).pk}


def due() -> dict[str, Any]:
    """Return the arguments of an entitlement's address."""
    return {"due_id": due_row().pk}


def batch() -> dict[str, Any]:
    """Return the arguments of a batch's address."""
    return {"batch_id": Batch.objects.get(dues=due_row()).pk}


def change_of_batch() -> dict[str, Any]:
    """Return the arguments of the address that closes a batch."""
    return {**batch(), "change": "close"}
