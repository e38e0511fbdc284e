"""A case that an isolation house confirmed comes into the register by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from smartkampung.audit.actions import record
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import level, village_of, within
from smartkampung.regions.models import Region
from smartkampung.regions.queries import regency
from smartkampung.reopening.cases.actions.recording import (
    AGAIN,
    CaseKnown,
    Origin,
    Told,
    Who,
    of_nik,
    put,
)
from smartkampung.reopening.cases.models import Case
from smartkampung.residents.models import Person
from smartkampung.residents.queries.matching import standing_for
from smartkampung.residents.rules.names import fold_name


@dataclass(frozen=True)
class Confirmed:
    """Somebody whom a health worker gave the class of a confirmed case in isolation.

    ``place`` is where they are isolated; residents count where they live.
    """

    name: str
    place: str
    address: str
    on: date
    nik: Sealed | None
    person: Person | None
    by: str


def take_over(*, found: Confirmed, at: datetime) -> Case | None:
    """Record a case of isolation; None when the register has it already.

    Acts for the whole regency, as a job does. It says nothing of other cases of that
    day: a village of which its Puskesmas tells nothing stays silent.
    """
    resident = standing_for(found.person) if found.person else None
    if resident is not None and resident.status != Person.Status.LIVING:
        resident = None
    nik = found.nik or (resident.nik if resident else None)
    place = _place(found, resident)
    if place is None or _stands(found, place, nik, resident):
        return None
    home = found.address if resident is None else ""
    told = Told(found.name, place, found.on, address=home)
    origin = Origin(source=Case.Source.HOUSE)
    try:
        case = put(told, origin, Who(place, nik, resident), by=found.by, at=at)
    except CaseKnown:
        return None
    record("cases.taken_over", target=case, by=found.by, region_code=place)
    return case


def _place(found: Confirmed, resident: Person | None) -> str | None:
    """Return the RT or village of the home, else the village of the isolation."""
    here = regency()
    homes = [resident.region_code] if resident else []
    for one in (*homes, found.place, village_of(found.place)):
        known = level(one) in ("village", "rt") and Region.objects.filter(pk=one)
        if here and known and one.startswith(f"{here.code}."):
            # A guest is of no RT of the village that the house stands in.
            return one if one in homes or found.address else village_of(one)
    return None


def _stands(
    found: Confirmed, place: str, nik: Sealed | None, resident: Person | None
) -> bool:
    """Say whether the register knows them, wherever and however it was told."""
    if nik is not None and of_nik(nik, found.on).exists():
        return True
    same = Q(person=resident) if resident else Q(pk__in=[])
    # Without a NIK on both sides, a name in the same village is the same person.
    named = Q(within("region_code", [village_of(place)]))
    named &= Q(name_folded=fold_name(found.name))
    if nik is not None:
        named &= Q(nik_index=None)
    near = Q(confirmed_on__gt=found.on - AGAIN, confirmed_on__lt=found.on + AGAIN)
    return Case.objects.filter(same | named, near, withdrawn_at=None).exists()
