"""The case that a code opens, when there is something to say thank you for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from smartkampung.accounts.models import Staff
from smartkampung.aid.actions.report import CASE_KIND as REPORTED
from smartkampung.aid.confirmation.queries import CONFIRMED, STATES
from smartkampung.aid.confirmation.queries import by_code as confirmation_by_code
from smartkampung.aid.models import Claim, Confirmation, Entitlement
from smartkampung.aid.queries.outcome import report_followed
from smartkampung.aid.rules.report import Step
from smartkampung.frontline.recognition.models import Thanks
from smartkampung.frontline.recognition.rules.thanks import Service
from smartkampung.intake.queries import Followed, case_by_code
from smartkampung.isolation.booking.queries import CASE_KIND as BOOKED
from smartkampung.isolation.booking.queries import reservation_by_code
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import blind_index, blind_indexes
from smartkampung.regions.codes import spread, village_of
from smartkampung.reopening.counters.queries.followed import CASE_KIND as COUNTER
from smartkampung.reopening.counters.queries.followed import booking_by_code
from smartkampung.reopening.counters.rules.states import State
from smartkampung.residents.models import Person

PURPOSE = "thanks"


@dataclass(frozen=True)
class Helped:
    """Somebody was helped: with what, in which village, and who must not be named."""

    subject: str
    service: Service
    village: str
    names: frozenset[str]

    @property
    def mark(self) -> bytes:
        """Return the fingerprint by which a case gives thanks once."""
        return blind_index(self.subject, PURPOSE)


def helped_by_code(code: str, *, at: datetime) -> Helped | None:
    """Return what a code was helped with; None where nothing is closed well, or opens."""
    case = case_by_code(code, at=at)
    if case is None:
        return _confirmed(code)
    if case.kind == REPORTED:
        return _handed_over(case)
    if case.kind == BOOKED:
        return _let_go(code, at)
    return _served(code, at) if case.kind == COUNTER else None


def has_thanked(helped: Helped) -> bool:
    """Say whether this case said thank you already."""
    marks = blind_indexes(helped.subject, PURPOSE)
    return Thanks.objects.filter(case_mark__in=marks).exists()


def _handed_over(case: Followed) -> Helped | None:
    if Step.HANDED_OVER not in case.reached:
        return None
    report = report_followed(case.code_hash)
    claim = report.claim if report else None
    if claim is None:
        return None
    return _of_claim(claim)


def _of_claim(claim: Claim) -> Helped:
    people = _family(claim.person.family_id) if claim.person else []
    return _helped(f"aid.claim:{claim.pk}", Service.AID, claim.region_code, people)


def _confirmed(code: str) -> Helped | None:
    """Return a hand-over that the family itself confirmed as whole."""
    row = confirmation_by_code(code)
    if row is None:
        return None
    with as_job():
        good = Confirmation.objects.filter(STATES[CONFIRMED], pk=row.pk)
        due = _due_of(good.first())
        if due is None:
            return None
        if due.claim is not None:
            return _of_claim(due.claim)
        people = _family(due.family_id)
    return _helped(f"aid.entitlement:{due.pk}", Service.AID, due.region_code, people)


def _due_of(row: Confirmation | None) -> Entitlement | None:
    if row is None or row.quantity == 0:
        return None
    about = row.handover or row.payment
    return about.entitlement if about else None


def _let_go(code: str, at: datetime) -> Helped | None:
    found = reservation_by_code(code, at=at)
    if found is None or not found.let_go:
        return None
    names = [stay.name for stay in found.stays]
    row = found.row
    return _helped(f"reservation:{row.pk}", Service.ISOLATION, row.region_code, names)


def _served(code: str, at: datetime) -> Helped | None:
    row = booking_by_code(code, at=at)
    if row is None or row.state != State.SERVED:
        return None
    place = row.counter.region_id
    return _helped(f"booking:{row.pk}", Service.COUNTER, place, [row.name])


def _family(family_id: int) -> list[str]:
    rows = Person.objects.filter(family=family_id)
    return list(rows.values_list("name", flat=True))


def _helped(subject: str, service: Service, place: str, names: Iterable[str]) -> Helped:
    village = village_of(place)
    officers = Staff.objects.filter(
        spread("assignments__region", village), is_active=True
    )
    known = frozenset((*names, *officers.values_list("full_name", flat=True)))
    return Helped(subject, service, village, known)
