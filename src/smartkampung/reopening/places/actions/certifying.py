"""A place that passed gets something to hang up."""

from datetime import datetime

from smartkampung.audit.actions import record
from smartkampung.intake.rules import new_code
from smartkampung.kernel.clock import day
from smartkampung.kernel.months import months_later
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.reopening.places.models import Certificate, Inspection
from smartkampung.reopening.places.models.certificates import CERTIFICATE
from smartkampung.reopening.places.rules.standing import Ended


def issue_certificate(
    *, visit: Inspection, months: int, by: str, at: datetime
) -> Certificate:
    """Certify a place by a visit that passed; what it had before is replaced.

    The caller holds the lock of the place, so that numbers run on.
    """
    place, on = visit.place, day(at)
    before = Certificate.objects.filter(place=place).count()
    number = f"{on.year}-{place.pk:05d}-{before + 1}"
    Certificate.objects.filter(place=place, ended="").update(
        ended=Ended.REPLACED, ended_on=on, ended_why=number, ended_by=by
    )
    code = new_code()
    row = Certificate.objects.create(
        place=place,
        inspection=visit,
        number=number,
        code_hash=blind_index(code, CERTIFICATE),
        code=Sealed.of(code, CERTIFICATE),
        since=on,
        until=months_later(on, months),
        at=at,
    )
    record(
        "places.certified",
        target=place,
        by=by,
        region_code=place.region_code,
        number=number,
    )
    return row
