"""What the registry and the lists of recipients say about a report."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from smartkampung.aid.models import Enrolment, Report
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.rules.report import Registered
from smartkampung.residents.queries import match_identity


@dataclass(frozen=True)
class Known:
    """Whom a report is about, as far as the registry knows, and what they receive."""

    person_id: int | None
    registered: Registered | None
    enrolment_ids: tuple[int, ...] = ()


def look_up(report: Report, *, on: date) -> Known:
    """Find the owner of the reported NIK, and the lists their family stands on."""
    match = match_identity(nik=report.nik, kk=report.kk, born_on=report.born_on)
    if match is None:
        return Known(None, None)
    person = match.person
    receiving = Enrolment.objects.filter(
        running(on), Q(person=None) | Q(person=person), family_id=person.family_id
    )
    return Known(
        person.pk,
        Registered(
            kk_agrees=match.kk_agrees,
            born_on_agrees=match.born_on_agrees,
            region_code=person.region_code,
            status=person.status,
            contested=match.contested,
        ),
        tuple(receiving.order_by("pk").values_list("pk", flat=True)),
    )
