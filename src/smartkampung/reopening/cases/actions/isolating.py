"""A case that an isolation house confirmed comes into the register by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from smartkampung.audit.actions import record
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import level, village_of, within
from smartkampung.regions.models import Region
from smartkampung.regions.queries import regency
from smartkampung.reopening.cases.actions.doubles import tell_of_two
from smartkampung.reopening.cases.actions.doubting import open_doubt
from smartkampung.reopening.cases.actions.recording import (
    CaseKnown,
    Origin,
    Told,
    Who,
    of_nik,
    put,
)
from smartkampung.reopening.cases.models import Case
from smartkampung.reopening.cases.queries.twins import AGAIN, same_name
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

    Acts for the whole regency, as a job does. Somebody of the same name in the village
    may be the same person: both stand, and the Puskesmas is asked. What somebody withdrew
    stays withdrawn, and they are asked. It says nothing of other cases of that day: a
    village of which its Puskesmas tells nothing stays silent.
    """
    nik, resident = _who(found)
    place = _place(found, resident)
    if place is None or _stands(found, nik, resident):
        return None
    withdrawn = _withdrawn(found, nik, resident)
    if withdrawn is not None:
        # Whom the Puskesmas knows by another case it need not be asked about again.
        if not same_name(withdrawn).exists():
            open_doubt(withdrawn, at=at)
        return None
    home = found.address if resident is None else ""
    told = Told(found.name, place, found.on, address=home)
    origin = Origin(source=Case.Source.HOUSE)
    try:
        case = put(told, origin, Who(place, nik, resident), by=found.by, at=at)
    except CaseKnown:
        return None
    tell_of_two(case, at=at)
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


def doubt(*, found: Confirmed, at: datetime) -> None:
    """Ask whether a case stays which isolation brought, and whose class it took back."""
    case = _before(found, *_who(found)).filter(withdrawn_at=None).first()
    if case is not None:
        open_doubt(case, at=at)


def _who(found: Confirmed) -> tuple[Sealed | None, Person | None]:
    resident = standing_for(found.person) if found.person else None
    if resident is not None and resident.status != Person.Status.LIVING:
        resident = None
    return found.nik or (resident.nik if resident else None), resident


def _withdrawn(
    found: Confirmed, nik: Sealed | None, resident: Person | None
) -> Case | None:
    """Return the case that somebody withdrew, where isolation gives it again."""
    corrected = Case.objects.filter(replaces=OuterRef("pk"))
    rows = _before(found, nik, resident).exclude(withdrawn_at=None)
    return rows.filter(~Exists(corrected)).first()


def _before(
    found: Confirmed, nik: Sealed | None, resident: Person | None
) -> QuerySet[Case]:
    """Return what isolation told of somebody before, the latest first."""
    near = Q(confirmed_on__gt=found.on - AGAIN, confirmed_on__lt=found.on + AGAIN)
    if resident is not None:
        who = Q(person=resident)
    elif nik is not None:
        who = Q(nik_index__in=nik.indexes())
    else:
        who = Q(within("region_code", [village_of(found.place)]), nik_index=None)
        who &= Q(name_folded=fold_name(found.name))
    rows = Case.objects.filter(near, who, source=Case.Source.HOUSE)
    return rows.order_by("-confirmed_on", "-pk")


def _stands(found: Confirmed, nik: Sealed | None, resident: Person | None) -> bool:
    """Say whether the register knows this very person, wherever they were told of."""
    if nik is not None and of_nik(nik, found.on).exists():
        return True
    near = Q(confirmed_on__gt=found.on - AGAIN, confirmed_on__lt=found.on + AGAIN)
    return bool(
        resident
        and Case.objects.filter(near, person=resident, withdrawn_at=None).exists()
    )
