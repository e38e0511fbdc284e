"""A death: who leads the family afterwards, and who is widowed."""

from collections.abc import Sequence

from smartkampung.residents.actions.cards import lead_rest
from smartkampung.residents.actions.happening import (
    Act,
    Plan,
    bars_of,
    living,
    member_of,
    members_of,
    perform,
    refuse_if,
)
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from smartkampung.residents.rules.families import (
    HEAD,
    MARRIED,
    SPOUSE,
    WIDOWED,
    bars_to_leave,
)
from smartkampung.residents.rules.life import DEAD, LIVING, Kind


def record_death(
    *, act: Act, person: Person, new_head: int | None = None
) -> list[LifeEvent]:
    """Write down a death; ``new_head`` leads the family if its head died.

    A husband or wife on the same card becomes widowed. Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        everybody = members_of(person.family_id)
        dead = next(one for one in everybody if one.pk == person.pk)
        members = living(everybody)
        bars = bars_of(Kind.DEATH, [dead], act)
        bars += bars_to_leave(
            [member_of(one) for one in members], {dead.pk}, new_head=new_head
        )
        refuse_if(bars)
        left = dead.region_code if dead.status == LIVING else ""
        plan = Plan()
        plan.add(dead, Kind.DEATH, left=left, status=DEAD)
        widowed = _widowed(dead, members)
        if widowed is not None:
            plan.add(widowed, Kind.WIDOWED, marital_status=WIDOWED)
        lead_rest(plan, [*members], {dead.pk}, new_head)
        return plan

    return perform(act, cards={person.family_id}, people={person.pk}, take=take)


def _widowed(dead: Person, members: Sequence[Person]) -> Person | None:
    """Return the one whom this death leaves alone, where the card says who that is."""
    pair = {HEAD: SPOUSE, **dict.fromkeys(SPOUSE, frozenset({HEAD}))}
    wanted = pair.get(dead.relation or 0, frozenset())
    found = [
        one
        for one in members
        if one.pk != dead.pk
        and one.relation in wanted
        and one.marital_status == MARRIED
    ]
    return found[0] if len(found) == 1 else None
