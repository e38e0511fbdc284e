"""One answer to "what does this family get?": programme, status, expected date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartkampung.aid.models import Batch, Enrolment, Entitlement, Handover
from smartkampung.aid.queries.conflicts import running
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
    """Return everything a family is listed for or due on a day, by programme.

    The caller writes the access log. Three queries whatever the family gets.
    """
    waiting = _waiting(family_id)
    rows = Enrolment.objects.filter(running(on), family_id=family_id)
    return [
        _benefit(row, waiting.get((row.programme_id, row.person_id)))
        for row in rows.select_related("programme").order_by("programme", "pk")
    ]


def _waiting(family_id: int) -> dict[tuple[str, int | None], Entitlement]:
    done = Handover.objects.filter(
        outcome__in=["received", "partial", "declined"],
        entitlement__family_id=family_id,
    ).values("entitlement")
    rows = (
        Entitlement.objects.filter(family_id=family_id, cancelled=False)
        .exclude(pk__in=done)
        .select_related("batch", "programme")
    )
    return {(row.programme_id, _own(row)): row for row in rows}


def _own(due: Entitlement) -> int | None:
    return due.person_id if due.programme.unit == "person" else None


def _benefit(row: Enrolment, due: Entitlement | None) -> Benefit:
    programme = row.programme
    batch = due.batch if due else None
    return Benefit(
        programme=programme.code,
        programme_name=either(programme.name, programme.name_en),
        commodity=programme.commodity,
        amount=programme.amount,
        funding=programme.funding,
        person_id=row.person_id,
        standing=_standing(row, due),
        expected_on=batch.hand_over_on if batch else None,
        place=batch.place if batch else "",
        last_paid_on=row.last_paid_on,
        since=row.since,
        until=row.until,
        source=row.source,
    )


def _standing(row: Enrolment, due: Entitlement | None) -> Standing:
    if due is not None:
        ready = due.batch is not None and due.batch.state == Batch.State.READY
        return Standing.SCHEDULED if ready else Standing.APPROVED
    return Standing.PAID if row.last_paid_on else Standing.LISTED
