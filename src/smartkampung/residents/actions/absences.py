"""Missing, found again, and back after having moved away."""

from collections.abc import Sequence

from smartkampung.residents.actions.happening import (
    Act,
    Plan,
    bars_of,
    living,
    members_of,
    perform,
    refuse_if,
)
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from smartkampung.residents.rules import life
from smartkampung.residents.rules.families import HEAD
from smartkampung.residents.rules.life import Bar, Kind


def record_missing(*, act: Act, person: Person) -> list[LifeEvent]:
    """Write down that nobody knows where a person is; they keep their place on the card.

    Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        lost = _fresh(person)
        refuse_if(bars_of(Kind.MISSING, [lost], act))
        plan = Plan()
        plan.add(lost, Kind.MISSING, left=lost.region_code, status=life.MISSING)
        return plan

    return perform(act, cards={person.family_id}, people={person.pk}, take=take)


def record_found(*, act: Act, person: Person) -> list[LifeEvent]:
    """Write down that a missing person is back at home. Raises CannotRecord, Busy."""

    def take() -> Plan:
        found = _fresh(person)
        refuse_if(bars_of(Kind.FOUND, [found], act))
        return _home([found], Kind.FOUND, act)

    return perform(act, cards={person.family_id}, people={person.pk}, take=take)


def record_return(
    *, act: Act, people: Sequence[Person], new_head: int | None = None
) -> list[LifeEvent]:
    """Write down that people who had moved out live on their old card again.

    ``new_head`` leads it when nobody on it does. Raises CannotRecord, Busy.
    """
    back = {person.pk for person in people}
    family = people[0].family_id

    def take() -> Plan:
        everybody = members_of(family)
        returning = [one for one in everybody if one.pk in back]
        bars = bars_of(Kind.RETURN, returning, act)
        there = [*living(everybody), *returning]
        led = any(one.relation == HEAD for one in there)
        if not led and new_head not in {one.pk for one in there}:
            bars.append(Bar.HEAD_NEEDED)
        refuse_if(bars)
        plan = _home(returning, Kind.RETURN, act)
        if not led and new_head is not None:
            plan.lead(there, new_head, among={one.pk for one in there})
        return plan

    return perform(act, cards={family}, people=back, take=take)


def _home(people: Sequence[Person], kind: Kind, act: Act) -> Plan:
    plan = Plan()
    for one in people:
        here = one.family.region_code
        plan.add(one, kind, joined=here, status=life.LIVING, region_code=here)
    return plan


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("family").get(pk=person.pk)
