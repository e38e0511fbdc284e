"""Fill free places from the ranking: each with whoever is next, under lock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Sum

from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.ledger.queries import balances
from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.programmes.actions.places import ROBOT, with_offer
from smartkampung.recovery.programmes.actions.telling import tell_code
from smartkampung.recovery.programmes.models import Offer, Seat
from smartkampung.recovery.programmes.queries.days import days_held
from smartkampung.recovery.programmes.queries.line import (
    free_numbers,
    in_line,
    ways_before,
)
from smartkampung.recovery.programmes.queries.money import terms_of
from smartkampung.recovery.programmes.rules.choosing import InLine, choose
from smartkampung.recovery.programmes.rules.money import (
    amount_for,
    budget_of,
)
from smartkampung.recovery.programmes.rules.states import (
    OfferState,
    SeatState,
    is_early,
)
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import open_work

CASE = "recovery"
AT_ONCE = 50  # people under one lock


def fill(*, offer_id: int, at: datetime) -> int:
    """Invite the next in line into every free place; return how many.

    Safe to run again and by many at once: it invites nobody twice and never more than
    there are places, or money for. Raises Busy.
    """
    invited = 0
    while True:
        offer = Offer.objects.select_related("programme").get(pk=offer_id)
        free = free_numbers(offer)[:AT_ONCE] if _invites(offer, at) else []
        if not free:
            return invited
        # Whoever is next is seen before anybody is locked, and chosen again after.
        ways = ways_before(offer, free)
        line = in_line(offer, most=len(free) + 5, ways=ways.values())
        people = [one.person for one in line]
        some = with_offer(offer_id, partial(_fill, offer_id, people, at), people=people)
        if not some:
            return invited
        invited += some


def _invites(offer: Offer, at: datetime) -> bool:
    early = is_early(starts_on=offer.starts_on, ends_on=offer.ends_on, on=day(at))
    return offer.state == OfferState.OPEN and early


def _fill(offer_id: int, people: Iterable[int], at: datetime) -> int:
    offer = Offer.objects.select_related("programme").get(pk=offer_id)
    if not _invites(offer, at):
        return 0
    amount = amount_for(terms_of(offer), held=len(days_held(offer.pk)))
    free = free_numbers(offer)[: min(AT_ONCE, _affordable(offer, amount))]
    ways = ways_before(offer, free)
    line = in_line(offer, most=AT_ONCE * 2, ways=ways.values(), among=people)
    chosen = choose(free, ways, line)
    batch = _batch(offer, amount, chosen, at)
    for number, one in chosen:
        _invite(batch, number, one)
    return len(chosen)


def _affordable(offer: Offer, amount: int) -> int:
    """Return for how many more the budget is there, those asked already left out."""
    if not amount:
        return offer.places
    asked = Seat.objects.filter(offer=offer, state=SeatState.INVITED)
    promised = asked.aggregate(sum=Sum("amount"))["sum"] or 0
    code = budget_of(offer.pk)
    left = balances([code]).get(code, 0) - promised
    return max(0, int(left) // amount)


@dataclass(frozen=True)
class Batch:
    """What holds for everybody who is invited together."""

    offer: Offer
    amount: int
    people: Mapping[int, Person]
    cases: Mapping[int, Affected]
    at: datetime


def _batch(
    offer: Offer, amount: int, chosen: Iterable[tuple[int, InLine]], at: datetime
) -> Batch:
    ones = [one for _number, one in chosen]
    people = Person.objects.select_related("family")
    cases = Affected.objects.in_bulk([one.affected for one in ones if one.affected])
    return Batch(offer, amount, people.in_bulk([one.person for one in ones]), cases, at)


def _invite(batch: Batch, number: int, one: InLine) -> None:
    offer, at = batch.offer, batch.at
    person = batch.people[one.person]
    case = batch.cases.get(one.affected or 0)
    answer_by = end_of_day(day(at) + timedelta(days=offer.answer_days))
    region = case.region_code if case else person.region_code
    code = open_case(
        kind=CASE,
        region_code=region,
        first_step="invited",
        due_on=day(answer_by),
        at=at,
    )
    seat = Seat.objects.create(
        offer=offer,
        person=person,
        affected=case,
        region_code=region,
        number=number,
        place=one.place,
        way=one.way,
        code_hash=code_hash(code),
        amount=batch.amount,
        income_then=case.income_after if case else None,
        by_phone=person.family.phone is not None,
        invited_at=at,
        answer_by=answer_by,
    )
    # Their turn in offers of another kind stays.
    Seat.objects.filter(
        person=person, again=True, offer__programme__kind=offer.programme.kind
    ).update(again=False)
    tell_code(seat, code)
    open_work(
        kind="recovery.answer",
        target=seat,
        permission="recovery.attendance_record",
        region_code=region,
        due_at=answer_by,
        # Without a phone nobody else tells them.
        urgent=not seat.by_phone,
    )
    record("recovery.invited", target=seat, by=ROBOT, region_code=region)


def fill_all(*, at: datetime) -> int:
    """Fill the free places of every open offer; return how many were invited."""
    rows = Offer.objects.filter(state=OfferState.OPEN, ends_on__gte=day(at))
    return sum(
        fill(offer_id=pk, at=at)
        for pk in rows.order_by("pk").values_list("pk", flat=True)
    )
