"""People who were registered twice, in ten ways that real registries know.

The copy is made as clerks make it: from memory, from another paper, years later. What
a copy is of is told apart, so that a search for duplicates can be measured.
"""

import random
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from smartkampung.demo.names import old_spelling
from smartkampung.demo.numbers import WOMAN
from smartkampung.demo.places import WORDS, Village
from smartkampung.residents.bulk import FamilyRow, PersonRow

DEGREES = WORDS["degrees"].split()
MUHAMMADS = ["Moch.", "Muh.", "M.", "Moh.", "Mohamad", "Muhammad"]
SECOND_SLIP = 0.12
IN_LAW = 5
Chance = random.Random
Change = Callable[[PersonRow, Chance], PersonRow]
NikOf = Callable[[PersonRow, PersonRow, Chance], str]  # of the original and its copy
Place = tuple[int, int]  # number of the family and of the member in it


class Double(NamedTuple):
    """One person registered twice: how, and where the two records stand."""

    kind: str
    original: Place
    copy: Place


def with_doubles(
    families: Iterable[FamilyRow],
    villages: Sequence[Village],
    *,
    share: float,
    seed: int,
    told: list[Double],
) -> Iterator[FamilyRow]:
    """Yield the families and the copies of a share of their people; fill ``told``."""
    chance = random.Random(f"doubles:{seed}")
    by_code = {village.code: village for village in villages}
    number = 0
    for family in families:
        members, apart = list(family.members), []
        for place, person in enumerate(family.members):
            if chance.random() >= share:
                continue
            kind, copy, where = _copied(person, chance)
            if where == 0:
                told.append(Double(kind, (number, place), (number, len(members))))
                members.append(copy)
            else:
                home = by_code[".".join(family.region_code.split(".")[:4])]
                village = home if where == 1 else chance.choice(villages)
                card = FamilyRow("", chance.choice(village.rts).code, [copy])
                apart.append((kind, place, card))
        yield family._replace(members=members)
        for after, (kind, place, card) in enumerate(apart, start=1):
            told.append(Double(kind, (number, place), (number + after, 0)))
            yield card
        number += 1 + len(apart)


def _copied(person: PersonRow, chance: Chance) -> tuple[str, PersonRow, int]:
    name = chance.choice([name for name in KINDS if KINDS[name].happens_to(person)])
    kind = KINDS[name]
    copy = kind.change(_from_memory(person, chance), chance)
    if name != "typo" and chance.random() < SECOND_SLIP:
        copy = _mistype_name(copy, chance)
    copy = copy._replace(nik=kind.nik(person, copy, chance))
    return name, copy, chance.choices((0, 1, 2), kind.where)[0]


def copied(person: PersonRow, chance: Chance) -> PersonRow:
    """Return a person as registered a second time, in one of the ten ways."""
    return _copied(person, chance)[1]


def _from_memory(person: PersonRow, chance: Chance) -> PersonRow:
    """Return the record as it is written down a second time."""
    father, mother = person.father_name, person.mother_name
    if chance.random() < 0.15:
        father, mother = _first_word(father), _first_word(mother)
    if mother and chance.random() < 0.08:
        mother = _one_letter(mother, chance)
    return person._replace(
        temporary_id="",
        father_name="" if chance.random() < 0.2 else father,
        mother_name="" if chance.random() < 0.12 else mother,
        birth_place="" if chance.random() < 0.1 else person.birth_place,
        status="living",
    )


def _first_word(name: str) -> str:
    return name.split(",", maxsplit=1)[0].split(maxsplit=1)[0] if name else ""


def _one_letter(name: str, chance: Chance) -> str:
    """Mistype one letter of a name, not the first of a word."""
    places = [
        at
        for at in range(1, len(name))
        if name[at].isalpha() and name[at - 1].isalpha()
    ]
    if not places:
        return name
    at = chance.choice(places)
    wrong = chance.choice(("", name[at] * 2, chance.choice(string.ascii_lowercase)))
    return name[:at] + wrong + name[at + 1 :]


def _words(person: PersonRow) -> list[str]:
    return person.name.split(",")[0].split()


def _born(person: PersonRow) -> date:
    return person.born_on or date(1980, 1, 1)


# What the copy says differently.


def _as_it_is(person: PersonRow, chance: Chance) -> PersonRow:
    return person


def _married_out(person: PersonRow, chance: Chance) -> PersonRow:
    return person._replace(relation=IN_LAW)


def _swap_day_and_month(person: PersonRow, chance: Chance) -> PersonRow:
    born = _born(person)
    return person._replace(born_on=born.replace(day=born.month, month=born.day))


def _guess_birth(person: PersonRow, chance: Chance) -> PersonRow:
    """Write 1 January where only the year is known, or be a year or ten off."""
    born = _born(person)
    if chance.random() < 0.4:
        return person._replace(born_on=date(born.year, 1, 1))
    year = born.year + chance.choice((-1, 1, -10))
    return person._replace(born_on=born.replace(year=year, day=min(born.day, 28)))


def _spell_as_of_old(person: PersonRow, chance: Chance) -> PersonRow:
    return person._replace(name=old_spelling(person.name))


def _change_title(person: PersonRow, chance: Chance) -> PersonRow:
    plain = " ".join(word for word in _words(person) if word not in ("H.", "Hj."))
    if plain != person.name:
        return person._replace(name=plain)
    if chance.random() < 0.5:
        return person._replace(name=f"{plain}, {chance.choice(DEGREES)}")
    return person._replace(name=f"{'H.' if person.sex == 'L' else 'Hj.'} {plain}")


def _abbreviate(person: PersonRow, chance: Chance) -> PersonRow:
    first, *rest = _words(person)
    if first in MUHAMMADS:
        others = [form for form in MUHAMMADS if form != first]
        return person._replace(name=" ".join([chance.choice(others), *rest]))
    return person._replace(name=" ".join([first, *(f"{word[0]}." for word in rest)]))


def _use_one_name(person: PersonRow, chance: Chance) -> PersonRow:
    words = _words(person)
    return person._replace(name=words[0] if chance.random() < 0.7 else words[-1])


def _mistype_name(person: PersonRow, chance: Chance) -> PersonRow:
    return person._replace(name=_one_letter(person.name, chance))


# The number that the copy has.


def _no_nik(person: PersonRow, copy: PersonRow, chance: Chance) -> str:
    return ""


def _the_same_or_none(person: PersonRow, copy: PersonRow, chance: Chance) -> str:
    return person.nik if chance.random() < 0.4 else ""


def _mistyped_nik(person: PersonRow, copy: PersonRow, chance: Chance) -> str:
    """Mistype as fingers do, so that it still has the shape of a NIK."""
    nik, at = person.nik, chance.choice((2, 3, 4, 5, 11, 12, 13, 14, 15))
    if 12 <= at < 15 and nik[at] != nik[at + 1] and chance.random() < 0.4:
        return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
    return nik[:at] + str((int(nik[at]) + 1 + chance.randrange(9)) % 10) + nik[at + 1 :]


def _new_nik(person: PersonRow, copy: PersonRow, chance: Chance) -> str:
    """Give the number that a second registration gives, which is a high serial."""
    born = _born(copy)
    day = born.day + (WOMAN if copy.sex == "P" else 0)
    kecamatan = 1 + chance.randrange(25)
    serial = 9_000 + chance.randrange(1_000)
    return f"3510{kecamatan:02d}{day:02d}{born:%m%y}{serial}"


def _new_nik_or_none(person: PersonRow, copy: PersonRow, chance: Chance) -> str:
    return _new_nik(person, copy, chance) if chance.random() < 0.5 else ""


# Whom it happens to.


def _anybody(person: PersonRow) -> bool:
    return True


def _has_nik(person: PersonRow) -> bool:
    return bool(person.nik)


def _has_several_names(person: PersonRow) -> bool:
    words = _words(person)
    return len(words) > 1 and all(len(word.strip(".")) > 2 for word in words)


def _has_short_forms(person: PersonRow) -> bool:
    return _has_several_names(person) or _words(person)[0] in MUHAMMADS


def _born_on_a_swappable_day(person: PersonRow) -> bool:
    born = person.born_on
    return born is not None and born.day <= 12 and born.day != born.month


def _has_old_letters(person: PersonRow) -> bool:
    return old_spelling(person.name) != person.name


class _Kind(NamedTuple):
    """One way to be registered twice."""

    happens_to: Callable[[PersonRow], bool]
    change: Change
    nik: NikOf
    # Chances that the copy stands on the same card, in the same village, elsewhere.
    where: tuple[float, float, float] = (0.15, 0.6, 0.25)


KINDS = {
    "second_card": _Kind(_anybody, _married_out, _the_same_or_none, (0, 0.5, 0.5)),
    "mistyped_nik": _Kind(_has_nik, _as_it_is, _mistyped_nik, (0.6, 0.4, 0)),
    "day_month": _Kind(_born_on_a_swappable_day, _swap_day_and_month, _new_nik_or_none),
    "birth_guessed": _Kind(_anybody, _guess_birth, _no_nik, (0.2, 0.7, 0.1)),
    "old_spelling": _Kind(_has_old_letters, _spell_as_of_old, _no_nik),
    "title": _Kind(_anybody, _change_title, _no_nik),
    "abbreviated": _Kind(_has_short_forms, _abbreviate, _no_nik),
    "one_name": _Kind(_has_several_names, _use_one_name, _no_nik),
    "typo": _Kind(_anybody, _mistype_name, _new_nik_or_none),
    "moved": _Kind(_anybody, _as_it_is, _new_nik, (0, 0.1, 0.9)),
}
