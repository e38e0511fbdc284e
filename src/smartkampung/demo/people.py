"""Everybody of the regency, made up family by family, the same for the same seed.

Villages are independent of each other, so they can be made in any order or in
parallel; memory does not grow with the number of people.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from smartkampung.demo.draw import Deck, Random, pick, shares
from smartkampung.demo.households import (
    CHILD,
    GRANDCHILD,
    HEAD,
    WIFE,
    YEAR,
    Member,
    household,
)
from smartkampung.demo.lives import BLOOD, FAITHS, STANDINGS, life_of
from smartkampung.demo.names import Who, name_of, parent_name
from smartkampung.demo.numbers import Numbers
from smartkampung.demo.places import WORDS, Village
from smartkampung.residents.bulk import FamilyRow, PersonRow

STREETS = [name.replace("_", " ") for name in WORDS["streets"].split()]
BIRTHPLACES = WORDS["birthplaces"].split()
WITH_PHONE, WITH_STREET, MIXED_MARRIAGE = 0.86, 0.55, 0.07
FAMILY_MOVED = 0.006
CARD_DAYS = 15 * 365
DEAD_UNREPORTED = ((50, 0.0008), (65, 0.006), (80, 0.035), (200, 0.12))


class Crowd(NamedTuple):
    """What the whole population depends on."""

    people: int
    seed: int
    on: date


class _Home(NamedTuple):
    village: Village
    numbers: Numbers
    cultures: Deck[str]
    random: Random
    today: int
    town: str


def families_of(
    villages: Sequence[Village], crowd: Crowd, *, town: str
) -> Iterator[FamilyRow]:
    """Yield every family; the people sum to ``crowd.people`` exactly.

    ``town`` is the name of the regency, the birthplace of most.
    """
    counts = shares(crowd.people, [village.people for village in villages])
    for village, count in zip(villages, counts, strict=True):
        yield from village_families(village, count, crowd, town=town)


def village_families(
    village: Village, people: int, crowd: Crowd, *, town: str
) -> Iterator[FamilyRow]:
    """Yield the families of one village, RT by RT.

    A small demo fills the first RTs of a village as full as real ones are, rather
    than spreading two families over each.
    """
    rng = random.Random(f"{crowd.seed}:{village.code}")
    chance = rng.random
    home = _Home(
        village,
        Numbers(village, chance),
        Deck(village.cultures),
        chance,
        crowd.on.toordinal(),
        town,
    )
    inhabited = -(-people * len(village.rts) // max(people, village.people))
    made = 0
    while made < people:
        members = household(chance)[: people - made]
        place = made * inhabited // people
        yield _family(home, village.rts[place].code, village.rts[place].dusun, members)
        made += len(members)


def _family(
    home: _Home, region: str, dusun: str, members: Sequence[Member]
) -> FamilyRow:
    chance = home.random
    culture = home.cultures.draw(chance)
    faith = FAITHS[culture].draw(chance)
    standing = STANDINGS.draw(chance)
    status = "moved" if chance() < FAMILY_MOVED else ""
    people: list[PersonRow] = []
    for member in members:
        own = culture
        if member.relation == WIFE and chance() < MIXED_MARRIAGE:
            own = home.cultures.draw(chance)
        people.append(_person(home, member, _Kin(people, own, faith, standing, status)))
    issued = date.fromordinal(home.today - 1 - int(chance() * CARD_DAYS))
    street = f"Jl. {pick(STREETS, chance)} No. {1 + int(chance() * 140)}"
    return FamilyRow(
        kk=home.numbers.kk(issued),
        region_code=region,
        members=people,
        address=street if chance() < WITH_STREET else "",
        dusun=dusun,
        phone=home.numbers.phone() if chance() < WITH_PHONE else "",
    )


class _Kin(NamedTuple):
    """What a person shares with the family, and who of it was made before."""

    before: Sequence[PersonRow]
    culture: str
    faith: int
    standing: str
    status: str


def _person(home: _Home, member: Member, kin: _Kin) -> PersonRow:
    chance, age, sex = home.random, member.age, member.sex
    born = date.fromordinal(home.today - 1 - int(age * YEAR))
    life = life_of(
        age,
        sex,
        member.marital,
        standing=kin.standing,
        place=home.village.place,
        random=chance,
    )
    number = home.numbers.nik(born, sex)
    father, mother = _parents(member.relation, born.year, kin, chance)
    dead = "dead" if chance() < _dead(age) else "living"
    return PersonRow(
        number.nik,
        name_of(Who(kin.culture, sex, born.year, kin.faith, life.education), chance),
        sex,
        born,
        member.relation,
        number.temporary_id,
        home.town if chance() < 0.9 else pick(BIRTHPLACES, chance),
        kin.faith,
        life.education,
        life.occupation,
        member.marital,
        BLOOD.draw(chance),
        father_name=father,
        mother_name=mother,
        status=kin.status or dead,
    )


def _dead(age: float) -> float:
    return next(chance for until, chance in DEAD_UNREPORTED if age < until)


def _parents(relation: int, born: int, kin: _Kin, chance: Random) -> tuple[str, str]:
    """Name the parents: the head and wife for their children, else somebody."""
    father = mother = ""
    before = kin.before
    if relation == CHILD:
        father, mother = _couple(before, {HEAD, WIFE})
    elif relation == GRANDCHILD:
        father, mother = _couple(before[-2:], {before[-1].relation, CHILD})
    return (
        father or parent_name(kin.culture, "L", born, chance),
        mother or parent_name(kin.culture, "P", born, chance),
    )


def _couple(people: Sequence[PersonRow], relations: set[int | None]) -> tuple[str, str]:
    names = {row.sex: row.name for row in people if row.relation in relations}
    return names.get("L", ""), names.get("P", "")
