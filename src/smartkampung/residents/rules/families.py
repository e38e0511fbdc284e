"""Who is what to whom on a family card when its head changes or people leave it.

Relations are the SIAK codes: 1 head, 2 husband, 3 wife, 4 child, 5 child-in-law,
6 grandchild, 7 parent, 8 parent-in-law, 9 other relative, 10 helper, 11 other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from smartkampung.residents.rules.life import Bar

HEAD, HUSBAND, WIFE, CHILD, CHILD_IN_LAW = 1, 2, 3, 4, 5
GRANDCHILD, PARENT, PARENT_IN_LAW, RELATIVE, HELPER, OTHER = 6, 7, 8, 9, 10, 11
SPOUSE = frozenset({HUSBAND, WIFE})
MARRIED, DIVORCED, WIDOWED = 2, 3, 4
_SAME = frozenset({HELPER, OTHER})
_WHEN_SPOUSE_LEADS = {
    CHILD: CHILD,
    CHILD_IN_LAW: CHILD_IN_LAW,
    GRANDCHILD: GRANDCHILD,
    PARENT: PARENT_IN_LAW,
    PARENT_IN_LAW: PARENT,
}
_WHEN_CHILD_LEADS = {HEAD: PARENT, HUSBAND: PARENT, WIFE: PARENT}
_WHEN_PARENT_LEADS = {
    HEAD: CHILD,
    HUSBAND: CHILD_IN_LAW,
    WIFE: CHILD_IN_LAW,
    CHILD: GRANDCHILD,
}


def relation_after(leads: int | None, member: int | None, sex: str) -> int | None:
    """Return what a member is to the new head, from what both were to the old one.

    ``leads`` is what the new head was, ``sex`` the member's. What cannot be known
    (is the daughter-in-law the new head's own wife?) becomes "other relative", for
    the family to correct.
    """
    if leads == HEAD or member in _SAME or member is None:
        return member
    if leads in SPOUSE:
        if member == HEAD:
            return HUSBAND if sex == "L" else WIFE
        return _WHEN_SPOUSE_LEADS.get(member, RELATIVE)
    if leads == PARENT and member == PARENT:
        return HUSBAND if sex == "L" else WIFE
    tables = {CHILD: _WHEN_CHILD_LEADS, PARENT: _WHEN_PARENT_LEADS}
    return tables.get(leads or 0, {}).get(member, RELATIVE)


@dataclass(frozen=True)
class Member:
    """One living person of a card."""

    pk: int
    relation: int | None
    sex: str


def bars_to_leave(
    members: Collection[Member], leaving: Collection[int], *, new_head: int | None
) -> list[Bar]:
    """Return what speaks against people leaving a card: when its head goes, one leads."""
    left = {member.pk for member in members if member.pk not in leaving}
    heads = {member.pk for member in members if member.relation == HEAD}
    beheaded = bool(left) and bool(heads) and not heads & left
    return [Bar.HEAD_NEEDED] if beheaded and new_head not in left else []


def relations_under(
    members: Collection[Member], head: int, *, among: Collection[int]
) -> Mapping[int, int | None]:
    """Return the relations of some members of a card once ``head`` leads them."""
    leads = next((m.relation for m in members if m.pk == head), None)
    return {
        member.pk: HEAD
        if member.pk == head
        else relation_after(leads, member.relation, member.sex)
        for member in members
        if member.pk in among
    }
