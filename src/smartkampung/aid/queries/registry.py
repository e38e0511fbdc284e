"""What the registry and the lists of recipients say about a report."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from smartkampung.aid.models import Enrolment, Report
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.rules.report import Registered, may_be_laid_to
from smartkampung.residents.queries import match_identity


@dataclass(frozen=True)
class Known:
    """Whom a report is about, as far as the registry knows, and what they receive."""

    person_id: int | None
    registered: Registered | None
    enrolment_ids: tuple[int, ...] = ()


def look_up(report: Report, *, on: date) -> Known:
    """Find whom a report is laid to, and the lists their family stands on."""
    match = match_identity(nik=report.nik, kk=report.kk, born_on=report.born_on)
    if match is None:
        return Known(None, None)
    person = match.person
    registered = Registered(
        kk_agrees=match.kk_agrees,
        born_on_agrees=match.born_on_agrees,
        region_code=person.region_code,
        status=person.status,
        contested=match.contested,
    )
    if not may_be_laid_to(registered, region_code=report.region_code):
        return Known(None, None)
    receiving = Enrolment.objects.filter(
        running(on), Q(person=None) | Q(person=person), family_id=person.family_id
    )
    return Known(
        person.pk,
        registered,
        tuple(receiving.order_by("pk").values_list("pk", flat=True)),
    )
