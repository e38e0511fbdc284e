"""Moves within the regency and out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from smartkampung.regions.codes import level
from smartkampung.regions.queries import region
from smartkampung.residents.actions.cards import (
    bars_of_parting,
    bars_to_join,
    lead_rest,
    number,
    open_card,
    part,
    taken,
)
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
from smartkampung.residents.models import Family, Person
from smartkampung.residents.rules import life
from smartkampung.residents.rules.families import bars_to_leave
from smartkampung.residents.rules.life import Bar, Kind


class Card(StrEnum):
    """On which family card those who move stand afterwards."""

    SAME = "same"
    NEW = "new"
    JOIN = "join"


@dataclass(frozen=True)
class Destination:
    """Where to, and on which card: the own one, a new one, or that of a family there.

    ``region_code`` is an RT; joining a family says by itself where that is.
    """

    card: Card
    region_code: str = ""
    kk: str = ""
    into: Family | None = None
    relation: int | None = None
    new_head: int | None = None


def record_move(
    *,
    act: Act,
    people: Sequence[Person],
    to: Destination,
    head_of_rest: int | None = None,
) -> list[LifeEvent]:
    """Move members of a family to another RT of the regency, in one transaction.

    Both villages see the event; the person is in the new one from then on.
    ``head_of_rest`` leads those who stay, if the head goes. Raises CannotRecord, Busy.
    """
    card, going = people[0].family_id, {person.pk for person in people}
    cards = {card} | ({to.into.pk} if to.into else set())

    def take() -> Plan:
        # Read under the lock: another officer may have moved a card meanwhile.
        read = Family.objects.in_bulk(cards)
        family = read[card]
        where = replace(to, into=read[to.into.pk]) if to.into else to
        everybody = members_of(card)
        members = living(everybody)
        movers = [one for one in members if one.pk in going]
        bars = bars_of(Kind.MOVE, [one for one in everybody if one.pk in going], act)
        bars += _bars_of_place(where, family)
        bars += _bars_of_card(where, family, members, going, head_of_rest)
        refuse_if(bars)
        return _plan(where, family, members, movers, head_of_rest)

    return perform(act, cards=cards, people=going, take=take)


def _plan(
    to: Destination,
    family: Family,
    members: Sequence[Person],
    movers: Sequence[Person],
    head_of_rest: int | None,
) -> Plan:
    going = {one.pk for one in movers}
    card, place = _card(to, family), _place(to)
    plan = Plan()
    for one in movers:
        plan.add(
            one,
            Kind.MOVE,
            left=one.region_code,
            joined=place,
            region_code=place,
            family=card,
        )
        if to.card is Card.JOIN:
            plan.add(one, Kind.MOVE, relation=to.relation)
    if to.card is Card.NEW:
        part(plan, members, going, to.new_head, head_of_rest, kind=Kind.MOVE)
    else:
        lead_rest(plan, members, going, head_of_rest)
    return plan


def _place(to: Destination) -> str:
    return to.into.region_code if to.into is not None else to.region_code


def _card(to: Destination, family: Family) -> Family:
    if to.into is not None:
        return to.into
    if to.card is Card.NEW:
        return open_card(to.kk, like=family, region_code=to.region_code)
    # The whole family moves with its card, under its number or a new one.
    family.region_code, family.address, family.dusun = to.region_code, "", ""
    family.save()
    if to.kk:
        number(family.pk, to.kk)
        family.refresh_from_db()
    return family


def _bars_of_place(to: Destination, family: Family) -> list[Bar]:
    if to.card is Card.JOIN:
        return []
    place = to.region_code
    if level(place) != "rt" or region(place) is None:
        return [Bar.NO_SUCH_RT]
    return [Bar.SAME_PLACE] if place == family.region_code else []


def _bars_of_card(
    to: Destination,
    family: Family,
    members: Sequence[Person],
    going: set[int],
    head_of_rest: int | None,
) -> list[Bar]:
    staying = [one for one in members if one.pk not in going]
    if to.card is Card.SAME:
        bars = [Bar.ALL_MUST_GO] if staying else []
        return bars + taken(to.kk, but=family.pk)
    if to.card is Card.NEW:
        return taken(to.kk) + bars_of_parting(members, going, to.new_head, head_of_rest)
    bars = bars_to_leave([member_of(m) for m in members], going, new_head=head_of_rest)
    if to.into is None:
        return [*bars, Bar.CARD_UNKNOWN]
    return bars + bars_to_join(to.into, family, to.relation)


def record_move_out(
    *, act: Act, people: Sequence[Person], head_of_rest: int | None = None
) -> list[LifeEvent]:
    """Write down that members of a family left the regency, for ``act.elsewhere``.

    They keep their place on the card, so that a return is easily written down.
    Raises CannotRecord, Busy.
    """
    family, going = people[0].family_id, {person.pk for person in people}

    def take() -> Plan:
        everybody = members_of(family)
        members = living(everybody)
        chosen = [one for one in everybody if one.pk in going]
        bars = bars_of(Kind.MOVE_OUT, chosen, act)
        bars += bars_to_leave(
            [member_of(one) for one in members], going, new_head=head_of_rest
        )
        if not act.elsewhere.strip():
            bars.append(Bar.NO_PLACE_NAMED)
        refuse_if(bars)
        plan = Plan()
        for one in chosen:
            plan.add(one, Kind.MOVE_OUT, left=one.region_code, status=life.MOVED)
        lead_rest(plan, members, going, head_of_rest)
        return plan

    return perform(act, cards={family}, people=going, take=take)
