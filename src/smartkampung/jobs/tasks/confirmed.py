"""Job between isolation and the register of cases, which do not know each other."""

from smartkampung.isolation.queries.confirmed import (
    classing_of,
    is_proven,
    is_taken_back,
)
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import day, now
from smartkampung.reopening.cases.actions.isolating import Confirmed, doubt, take_over


@job("isolation.case_confirmed")
def case_confirmed(classing_id: int) -> None:
    """Bring somebody who was confirmed in isolation into the register, once.

    Where the class was taken back, ask whether the case stays.
    """
    given = classing_of(classing_id)
    stay, party = given.stay, given.stay.reservation
    found = Confirmed(
        name=stay.name,
        place=party.region_code,
        address=party.address,
        on=day(given.at),
        nik=stay.nik,
        person=stay.person,
        by=given.by.username,
    )
    if is_proven(given):
        take_over(found=found, at=now())
    if is_taken_back(given):
        doubt(found=found, at=now())
