"""Family cards: opened, renumbered, split, merged, led by somebody else."""

from collections.abc import Collection, Sequence

from smartkampung.kernel.sealed import Sealed, blind_index, blind_indexes
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
from smartkampung.residents.models import KK, Family, Person
from smartkampung.residents.rules.families import HEAD, bars_to_leave
from smartkampung.residents.rules.life import Bar, Kind


def change_head(*, act: Act, family: Family, new_head: Person) -> list[LifeEvent]:
    """Let another living member lead a card; relations to the head follow.

    Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        members = living(members_of(family.pk))
        head = [person for person in members if person.pk == new_head.pk]
        bars = bars_of(Kind.HEAD_CHANGE, head, act)
        if head and head[0].relation == HEAD:
            bars.append(Bar.SAME_HEAD)
        refuse_if(bars)
        plan = Plan()
        # Named first, so that the list of events begins with the new head.
        plan.add(head[0], Kind.HEAD_CHANGE, relation=HEAD)
        plan.lead(members, new_head.pk, among={person.pk for person in members})
        return plan

    return perform(act, cards={family.pk}, people={new_head.pk}, take=take)


def renumber_card(*, act: Act, family: Family, kk: str) -> list[LifeEvent]:
    """Write down that a card was issued anew with another number, for all on it.

    Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        members = living(members_of(family.pk))
        refuse_if(bars_of(Kind.NEW_CARD, members, act) + taken(kk, but=family.pk))
        number(family.pk, kk)
        plan = Plan()
        for person in members:
            plan.add(person, Kind.NEW_CARD)
        return plan

    return perform(act, cards={family.pk}, take=take)


def split_card(
    *,
    act: Act,
    people: Sequence[Person],
    kk: str,
    new_head: int | None,
    head_of_rest: int | None = None,
) -> list[LifeEvent]:
    """Give some members of a family a card of their own, at the same place.

    ``kk`` is empty while the card is not printed. ``new_head`` leads the new card,
    ``head_of_rest`` the old one if its head goes. Raises CannotRecord, Busy.
    """
    left, going = people[0].family_id, {person.pk for person in people}

    def take() -> Plan:
        family = Family.objects.get(pk=left)
        members = living(members_of(left))
        movers = [person for person in members if person.pk in going]
        bars = bars_of(Kind.SPLIT, movers, act) + taken(kk)
        bars += bars_of_parting(members, going, new_head, head_of_rest)
        refuse_if(bars)
        card = open_card(kk, like=family, region_code=family.region_code)
        plan = Plan()
        for person in movers:
            plan.add(person, Kind.SPLIT, family=card)
        part(plan, members, going, new_head, head_of_rest, kind=Kind.SPLIT)
        return plan

    return perform(act, cards={left}, people=going, take=take)


def merge_cards(
    *,
    act: Act,
    people: Sequence[Person],
    into: Family,
    relation: int | None,
    head_of_rest: int | None = None,
) -> list[LifeEvent]:
    """Put some or all members of a family on another card at the same village.

    ``relation`` is what they are to its head. Raises CannotRecord, Busy.
    """
    left, going = people[0].family_id, {person.pk for person in people}
    cards = {left, into.pk}

    def take() -> Plan:
        read = Family.objects.in_bulk(cards)
        family, joined = read[left], read[into.pk]
        members = living(members_of(left))
        movers = [person for person in members if person.pk in going]
        bars = bars_of(Kind.MERGE, movers, act)
        bars += bars_to_leave(
            [member_of(p) for p in members], going, new_head=head_of_rest
        )
        bars += bars_to_join(joined, family, relation)
        refuse_if(bars)
        plan = Plan()
        for person in movers:
            plan.add(
                person,
                Kind.MERGE,
                family=joined,
                relation=relation,
                region_code=joined.region_code,
            )
        lead_rest(plan, members, going, head_of_rest)
        return plan

    return perform(act, cards=cards, people=going, take=take)


def open_card(kk: str, *, like: Family | None, region_code: str) -> Family:
    """Make a family card; phone and address as on the card that it comes from."""
    return Family.objects.create(
        kk=Sealed.of(kk, KK) if kk else None,
        kk_index=blind_index(kk, KK) if kk else None,
        region_code=region_code,
        address=like.address if like and like.region_code == region_code else "",
        dusun=like.dusun if like and like.region_code == region_code else "",
        phone=like.phone if like else None,
        phone_index=like.phone_index if like else None,
        language=like.language if like else "id",
    )


def number(family_id: int, kk: str) -> None:
    """Write another number on a card; the constraint has the last word."""
    Family.objects.filter(pk=family_id).update(
        kk=Sealed.of(kk, KK), kk_index=blind_index(kk, KK)
    )


def taken(kk: str, *, but: int | None = None) -> list[Bar]:
    """Return the bar when another family has this number; none for no number."""
    if not kk:
        return []
    others = Family.objects.filter(kk_index__in=blind_indexes(kk, KK))
    found = others.values_list("pk", flat=True).first()
    return [] if found in {None, but} else [Bar.CARD_TAKEN]


def bars_to_join(into: Family, family: Family, relation: int | None) -> list[Bar]:
    """Return what speaks against joining a card."""
    tests = {
        Bar.SAME_CARD: into.pk == family.pk,
        Bar.RELATION_NEEDED: relation is None or relation == HEAD,
        Bar.NOBODY_LIVES_THERE: not living(members_of(into.pk)),
    }
    return [bar for bar, holds in tests.items() if holds]


def bars_of_parting(
    members: Sequence[Person],
    going: Collection[int],
    new_head: int | None,
    head_of_rest: int | None,
) -> list[Bar]:
    """Return which of the two cards would have nobody to lead it."""
    bars = bars_to_leave(
        [member_of(person) for person in members], going, new_head=head_of_rest
    )
    return bars if new_head in going else [*bars, Bar.NEW_CARD_HEAD_NEEDED]


def part(
    plan: Plan,
    members: Sequence[Person],
    going: Collection[int],
    new_head: int | None,
    head_of_rest: int | None,
    *,
    kind: Kind,
) -> None:
    """Plan who leads the card of those who go, and the card of those who stay."""
    if new_head is not None:
        plan.lead(members, new_head, among=going, kind=kind)
    lead_rest(plan, members, going, head_of_rest)


def lead_rest(
    plan: Plan,
    members: Sequence[Person],
    going: Collection[int],
    head_of_rest: int | None,
) -> None:
    """Plan who leads those who stay, when their head goes."""
    left = {person.pk for person in members if person.pk not in going}
    heads = {person.pk for person in members if person.relation == HEAD}
    if head_of_rest in left and not heads & left:
        plan.lead(members, head_of_rest, among=left)
