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
    moved = chance() < FAMILY_MOVED
    people: list[PersonRow] = []
    for member in members:
        own = culture
        if member.relation == WIFE and chance() < MIXED_MARRIAGE:
            own = home.cultures.draw(chance)
        row = _person(home, member, own, faith, standing)
        row = _with_parents(row, people, own, chance)
        people.append(row._replace(status="moved") if moved else row)
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


def _person(
    home: _Home, member: Member, culture: str, faith: int, standing: str
) -> PersonRow:
    chance, age, sex = home.random, member.age, member.sex
    born = date.fromordinal(home.today - 1 - int(age * YEAR))
    life = life_of(
        age,
        sex,
        member.marital,
        standing=standing,
        place=home.village.place,
        random=chance,
    )
    number = home.numbers.nik(born, sex)
    return PersonRow(
        nik=number.nik,
        temporary_id=number.temporary_id,
        name=name_of(Who(culture, sex, born.year, faith, life.education), chance),
        sex=sex,
        born_on=born,
        birth_place=home.town if chance() < 0.9 else pick(BIRTHPLACES, chance),
        religion=faith,
        education=life.education,
        occupation=life.occupation,
        marital_status=member.marital,
        blood_type=BLOOD.draw(chance),
        relation=member.relation,
        status="dead" if chance() < _dead(age) else "living",
    )


def _dead(age: float) -> float:
    return next(chance for until, chance in DEAD_UNREPORTED if age < until)


def _with_parents(
    row: PersonRow, before: Sequence[PersonRow], culture: str, chance: Random
) -> PersonRow:
    """Name the parents: the head and wife for their children, else somebody."""
    father = mother = ""
    if row.relation == CHILD:
        father, mother = _couple(before, {HEAD, WIFE})
    elif row.relation == GRANDCHILD:
        father, mother = _couple(before[-2:], {before[-1].relation, CHILD})
    year = row.born_on.year if row.born_on else 0
    return row._replace(
        father_name=father or parent_name(culture, "L", year, chance),
        mother_name=mother or parent_name(culture, "P", year, chance),
    )


def _couple(people: Sequence[PersonRow], relations: set[int | None]) -> tuple[str, str]:
    names = {row.sex: row.name for row in people if row.relation in relations}
    return names.get("L", ""), names.get("P", "")
