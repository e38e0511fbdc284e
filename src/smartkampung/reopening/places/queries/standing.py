"""How a place stands: its last visit, its certificate, whether it is suspended."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q

from smartkampung.intake.rules import read_code
from smartkampung.kernel.clock import end_of_day
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import within
from smartkampung.reopening.places.models import (
    Certificate,
    Inspection,
    Place,
    Suspension,
)
from smartkampung.reopening.places.models.certificates import CERTIFICATE
from smartkampung.reopening.places.rules.standing import (
    Ended,
    Standing,
    Suspending,
    standing,
)
from smartkampung.reopening.signals.queries import Reading

FEWEST = 3
FEW = "few_inspections"


@dataclass(frozen=True)
class Verdict:
    """What a certificate is worth on a day, since when, and why not more."""

    standing: Standing
    since: datetime | date | None
    why: str
    certificate: Certificate | None


def last_inspection(place: Place) -> Inspection | None:
    """Return the latest visit to a place."""
    return place.inspections.select_related("protocol").order_by("at", "pk").last()


def open_suspension(place: Place) -> Suspension | None:
    """Return the suspension of a place that is proposed or open, if there is one."""
    states = [Suspending.PROPOSED, Suspending.OPEN]
    return Suspension.objects.filter(place=place, state__in=states).first()


def certificate_of(place: Place) -> Certificate | None:
    """Return the latest certificate of a place."""
    return place.certificates.order_by("at", "pk").last()


def verdict_on(certificate: Certificate | None, on: date) -> Verdict:
    """Return what a certificate is worth on a day; the same shape for none at all."""
    if certificate is None:
        return Verdict(Standing.UNKNOWN, None, "", None)
    held = Suspension.objects.filter(
        place=certificate.place, state=Suspending.OPEN
    ).first()
    found = standing(
        until=certificate.until,
        ended=Ended(certificate.ended),
        ended_on=certificate.ended_on,
        suspended=held is not None,
        on=on,
    )
    since: datetime | date | None = certificate.since
    why = ""
    if found == Standing.SUSPENDED and held:
        since, why = held.decided_at, held.reason
    elif found in (Standing.REPLACED, Standing.WITHDRAWN):
        since, why = certificate.ended_on, certificate.ended_why
    elif found == Standing.EXPIRED:
        since = certificate.until
    return Verdict(found, since, why, certificate)


def verify(code: str, on: date) -> Verdict:
    """Return what the certificate with a code is worth on a day."""
    printed = read_code(code)
    indexes = blind_indexes(printed, CERTIFICATE) if printed else []
    rows = Certificate.objects.filter(code_hash__in=indexes).select_related("place")
    return verdict_on(rows.first(), on)


def code_of(certificate: Certificate) -> str:
    """Return the code to print on a certificate: it hangs on a wall for everybody."""
    return str(certificate.code.open())


def compliance(village: str, on: date) -> Reading:
    """Return the % of inspected places of a village whose latest visit passed.

    As it was at the end of a day. Fewer than three say nothing about a village.
    """
    until = end_of_day(on)
    latest = (
        Inspection.objects.filter(
            Q(place__closed_at=None) | Q(place__closed_at__gt=until),
            within("place__region_code", [village]),
            at__lte=until,
        )
        .order_by("place_id", F("at").desc(), "-pk")
        .distinct("place_id")
        .values_list("passed", flat=True)
    )
    found = list(latest)
    if len(found) < FEWEST:
        return Reading(None, FEW)
    return Reading(Decimal(100 * sum(found)) / len(found))
