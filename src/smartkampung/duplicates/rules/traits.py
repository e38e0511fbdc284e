"""What of a record is compared: folded spellings and keys, made once for each record.

Nothing here can be turned back into a number: a NIK is compared in a veil, made with
a secret that is forgotten when the comparison ends.
"""

import random
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from smartkampung.residents.rules import fold_name

DIGITS = "0123456789"


class Traits(NamedTuple):
    """One record as it is compared. Empty text and None mean "not known"."""

    id: int
    name: str = ""  # folded words, as they stand
    name_key: str = ""  # the same words in alphabetical order, without spaces
    name_head: str = ""  # the first three letters
    name_first: str = ""
    name_last: str = ""
    name_end_short: str = ""  # "ahmad f" of "ahmad fauzi"
    name_start_short: str = ""  # "a fauzi"
    sex: str = ""
    born: str = ""  # 19850412
    born_key: str = ""  # the same, with the smaller of day and month first
    birth_place: str = ""
    mother: str = ""  # folded words
    mother_first: str = ""
    father: str = ""
    father_first: str = ""
    family: str = ""
    rt: str = ""
    village: str = ""
    kecamatan: str = ""
    nik: str = ""  # in a veil


class Veil:
    """Hides digits so that equal digits at equal places stay equal, and no more.

    Each place has its own secret permutation of the digits. Whoever has the secret
    could lift the veil, so it lives only as long as this object.
    """

    def __init__(self, places: int = 16) -> None:
        chance = random.SystemRandom()
        self._tables = [
            dict(zip(DIGITS, chance.sample(DIGITS, k=10), strict=True))
            for _ in range(places)
        ]

    def hide(self, digits: str) -> str:
        """Return the digits in the veil; the same digits give the same answer."""
        pairs = zip(self._tables, digits, strict=True)
        return "".join([table[digit] for table, digit in pairs])


class Facts(NamedTuple):
    """What is known of a person, as it is recorded; ``name`` is folded already."""

    id: int
    name: str
    sex: str
    born_on: date | None
    region_code: str
    family: str = ""
    birth_place: str = ""
    mother_name: str = ""
    father_name: str = ""
    nik: str = ""


def traits_of(facts: Facts) -> Traits:
    """Return what of a record is compared."""
    words = facts.name.split()
    born = f"{facts.born_on:%Y%m%d}" if facts.born_on else ""
    places = facts.region_code.split(".")
    return Traits(
        id=facts.id,
        name=facts.name,
        name_key="".join(sorted(words)),
        name_head=facts.name[:3],
        name_first=words[0] if words else "",
        name_last=words[-1] if words else "",
        name_end_short=" ".join([*words[:1], *(word[0] for word in words[1:])]),
        name_start_short=" ".join([*(word[0] for word in words[:1]), *words[1:]]),
        sex=facts.sex,
        born=born,
        born_key=born[:4] + min(born[4:6], born[6:]) + max(born[4:6], born[6:]),
        birth_place=facts.birth_place.lower().strip(),
        mother=(mother := folded(facts.mother_name)),
        mother_first=mother.partition(" ")[0],
        father=(father := folded(facts.father_name)),
        father_first=father.partition(" ")[0],
        family=facts.family,
        rt=facts.region_code,
        village=".".join(places[:4]),
        kecamatan=".".join(places[:3]),
        nik=facts.nik,
    )


@lru_cache(maxsize=262_144)
def folded(name: str) -> str:
    """Return the folded words of a name; parents' names come again and again."""
    return fold_name(name)
