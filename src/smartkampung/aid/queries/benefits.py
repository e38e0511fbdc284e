"""One answer to "what does this family get?": programme, status, expected date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from smartkampung.aid.models import Batch, Enrolment, Entitlement, Handover
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.rules.handover import FINAL
from smartkampung.kernel.language import either


class Standing(StrEnum):
    """Where a benefit stands; the commonest complaint is not knowing this."""

    LISTED = "listed"
    PAID = "paid"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Benefit:
    """One line of the card: who gets what, where it stands, what to expect when."""

    programme: str
    programme_name: str
    commodity: str
    amount: int
    funding: str
    person_id: int | None
    standing: Standing
    expected_on: date | None
    place: str
    last_paid_on: date | None
    since: date
    until: date | None
    source: str


def benefits_of_family(*, family_id: int, on: date) -> list[Benefit]:
    """Return everything a family is listed for or still due on a day, by programme.

    The caller writes the access log. Two queries whatever the family gets.
    """
    waiting = _waiting(family_id)
    rows = Enrolment.objects.filter(
        running(on) | Q(pk__in=list(waiting)), family_id=family_id
    )
    return [
        _benefit(row, waiting.get(row.pk))
        for row in rows.select_related("programme").order_by("programme", "pk")
    ]


def _waiting(family_id: int) -> dict[int, Entitlement]:
    done = Handover.objects.filter(
        outcome__in=[outcome.value for outcome in FINAL],
        entitlement__family_id=family_id,
    ).values("entitlement")
    rows = (
        Entitlement.objects.filter(family_id=family_id, cancelled=False)
        .exclude(pk__in=done)
        .select_related("batch")
    )
    return {row.enrolment_id: row for row in rows if row.enrolment_id is not None}


def _benefit(row: Enrolment, due: Entitlement | None) -> Benefit:
    programme = row.programme
    batch = due.batch if due else None
    ready = batch if batch and batch.state == Batch.State.READY else None
    return Benefit(
        programme=programme.code,
        programme_name=either(programme.name, programme.name_en),
        commodity=programme.commodity,
        amount=due.amount if due else programme.amount,
        funding=programme.funding,
        person_id=row.person_id,
        standing=_standing(row, due, scheduled=ready is not None),
        expected_on=ready.hand_over_on if ready else None,
        place=ready.place if ready else "",
        last_paid_on=row.last_paid_on,
        since=row.since,
        until=row.until,
        source=row.source,
    )


def _standing(row: Enrolment, due: Entitlement | None, *, scheduled: bool) -> Standing:
    if due is not None:
        return Standing.SCHEDULED if scheduled else Standing.APPROVED
    return Standing.PAID if row.last_paid_on else Standing.LISTED
