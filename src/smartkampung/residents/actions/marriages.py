"""Marriage and divorce: what they are to each other; cards change by their own acts."""

from collections.abc import Callable

from smartkampung.residents.actions.happening import (
    Act,
    Plan,
    bars_of,
    perform,
    refuse_if,
)
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from smartkampung.residents.rules.families import DIVORCED, MARRIED
from smartkampung.residents.rules.life import Bar, Kind


def record_marriage(
    *, act: Act, person: Person, spouse: Person | None = None
) -> list[LifeEvent]:
    """Write down a marriage, for both when the other one is in the registry here.

    Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        pair = _pair(person, spouse)
        tests = {
            Bar.ALREADY_MARRIED: pair[0].marital_status == MARRIED,
            Bar.SPOUSE_MARRIED: len(pair) > 1 and pair[1].marital_status == MARRIED,
            Bar.SAME_SEX: len(pair) > 1 and pair[0].sex == pair[1].sex,
        }
        bars = bars_of(Kind.MARRIAGE, pair, act)
        refuse_if(bars + [bar for bar, holds in tests.items() if holds])
        return _plan(pair, Kind.MARRIAGE, MARRIED)

    return _together(act, person, spouse, take)


def record_divorce(
    *, act: Act, person: Person, spouse: Person | None = None
) -> list[LifeEvent]:
    """Write down a divorce, for both when the other one is in the registry here.

    Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        pair = _pair(person, spouse)
        married = all(one.marital_status == MARRIED for one in pair)
        bars = bars_of(Kind.DIVORCE, pair, act)
        refuse_if(bars if married else [*bars, Bar.NOT_MARRIED])
        return _plan(pair, Kind.DIVORCE, DIVORCED)

    return _together(act, person, spouse, take)


def _pair(person: Person, spouse: Person | None) -> list[Person]:
    both = [person.pk, spouse.pk] if spouse else [person.pk]
    rows = Person.objects.select_related("family").in_bulk(both)
    return [rows[pk] for pk in both]


def _plan(pair: list[Person], kind: Kind, status: int) -> Plan:
    plan = Plan()
    for one in pair:
        plan.add(one, kind, marital_status=status)
    return plan


def _together(
    act: Act, person: Person, spouse: Person | None, take: Callable[[], Plan]
) -> list[LifeEvent]:
    both = [person, spouse] if spouse else [person]
    if spouse is not None and spouse.pk == person.pk:
        refuse_if([Bar.SAME_PERSON])
    return perform(
        act,
        cards={one.family_id for one in both},
        people={one.pk for one in both},
        take=take,
    )
