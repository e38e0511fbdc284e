"""The door to a reservation for whoever holds its code."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.intake.queries import case_by_code
from smartkampung.isolation.models import House, Reservation, Stay
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.rls import Kind, act_as

CASE_KIND = "isolation"


@dataclass(frozen=True)
class Followed:
    """A reservation, its people, and when each step of it was reached."""

    row: Reservation
    stays: list[Stay]
    reached: dict[str, datetime]

    @property
    def people(self) -> int:
        """Return how many were named."""
        return len(self.stays)

    @property
    def isolates(self) -> bool:
        """Say whether somebody of them is in isolation now."""
        return any(stay.state == StayState.PRESENT for stay in self.stays)

    @property
    def let_go(self) -> bool:
        """Say whether somebody of them was let go, and so has a letter."""
        return any(stay.state == StayState.RELEASED for stay in self.stays)

    @property
    def may_confirm(self) -> bool:
        """Say whether somebody named by a NIK has not yet proved to be it."""
        return any(waits_for_proof(stay) for stay in self.stays)


def waits_for_proof(stay: Stay) -> bool:
    """Say whether a person is still to prove to be the one whom the NIK names."""
    return stay.state == StayState.EXPECTED and stay.nik is not None and not stay.bound


def reservation_by_code(typed: str, *, at: datetime) -> Followed | None:
    """Return what a code opens to the public; None for one that opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    act_as(Kind.PUBLIC, tracking=case.code_hash)
    rows = Reservation.objects.select_related("house", "centre")
    row = rows.filter(code_hash=case.code_hash).first()
    if row is None:
        return None
    return Followed(row, list(row.stays.order_by("pk")), case.reached)


def house_and_village(house_id: int) -> tuple[str, str] | None:
    """Return the name of a house and the code of its village; None for no house."""
    rows = House.objects.filter(pk=house_id)
    return rows.values_list("name", "village_id").first()
