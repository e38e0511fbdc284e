"""The families of a place, RT by RT, a page at a time.

Pages are cut by key and not by number: while families come and go, no family is
shown twice or left out, and the last page costs what the first does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import level, spread
from smartkampung.residents.models import Family, Person
from smartkampung.residents.queries.people import note_looks
from smartkampung.residents.rules import fold_name

VIEW = Permission.RESIDENT_VIEW
SHOWN, SHOWN_OF_AN_RT = 50, 300
LIVING = Person.Status.LIVING
NEEDED = ("name", "relation", "born_on", "status", "family_id", "region_code")


@dataclass(frozen=True)
class Household:
    """A family card and the living people on it, the head first."""

    family: Family
    members: list[Person]

    @property
    def head(self) -> Person:
        """Return the head, or whoever comes first where none is recorded."""
        return self.members[0]


@dataclass(frozen=True)
class Key:
    """Where a page ends: the place and the number of its last family."""

    region_code: str
    family_id: int


@dataclass(frozen=True)
class Households:
    """One page, and the key after which the next begins, if there is one."""

    rows: list[Household]
    after: Key | None


def households_for(
    actor: Actor, region: str, *, name: str = "", after: Key | None = None
) -> Households:
    """Return the next families of a place with somebody living on the card.

    ``name`` keeps those on whose card somebody is called so; spelling is forgiven.
    An RT comes whole, so that it can be printed. The looks at those who stand for
    their families are written down. 404 outside the actor's area.
    """
    if not actor.may_in(VIEW, region):
        raise Http404
    size = SHOWN_OF_AN_RT if level(region) == "rt" else SHOWN
    cards = _cards(region, name, after)
    families = list(cards.order_by("region_code", "pk")[: size + 1])
    rows = _with_members(families[:size])
    note_looks(actor, [row.head for row in rows], purpose="family.list")
    return Households(rows, _key(families, size))


def _cards(region: str, name: str, after: Key | None) -> QuerySet[Family]:
    living = Person.objects.filter(family=OuterRef("pk"), status=LIVING)
    cards = Family.objects.filter(Exists(living), spread("region_code", region))
    if after is not None:
        # The first test is what the index can use, the second cuts the RT.
        cards = cards.filter(
            Q(region_code__gt=after.region_code) | Q(pk__gt=after.family_id),
            region_code__gte=after.region_code,
        )
    for word in fold_name(name).split():
        cards = cards.filter(Exists(living.filter(name_folded__contains=word)))
    return cards


def _with_members(families: Sequence[Family]) -> list[Household]:
    people = Person.objects.filter(family__in=families, status=LIVING)
    members: dict[int, list[Person]] = defaultdict(list)
    for person in people.order_by("relation", "born_on", "pk").only(*NEEDED):
        members[person.family_id].append(person)
    return [
        Household(family, members[family.pk])
        for family in families
        if family.pk in members
    ]


def _key(families: Sequence[Family], size: int) -> Key | None:
    if len(families) <= size:
        return None
    last = families[size - 1]
    return Key(last.region_code, last.pk)
