"""What thanks may say: one of some sentences, or own words without a name. Pure."""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from smartkampung.residents.rules import fold_name
from smartkampung.residents.rules.numbers import most_digits

MOST_LETTERS = 200
SHORTEST_NAME = 3
STRUCK = "…"
_WORD = re.compile(r"[^\W\d_]+")
LONGEST_NUMBER = 5  # digits in a row; more could be a telephone or a card


class Service(StrEnum):
    """What somebody was helped with."""

    AID = "aid"
    ISOLATION = "isolation"
    COUNTER = "counter"


class Sentence(StrEnum):
    """The sentences that one can choose."""

    KIND = "kind"
    QUICK = "quick"
    CLEAR = "clear"
    OWN = "own"


# What is said about these would tell what somebody suffers from: no words of one's own.
WITHOUT_WORDS = frozenset({Service.ISOLATION})


class Wrong(StrEnum):
    """What is wrong with own words."""

    EMPTY = "empty"
    NUMBER = "number"
    NAME = "name"


# After these stands a name, unless it is the word for an office, or goes on.
_ADDRESSES_SAID = (
    "pak bapak bpk bu ibu mas mbak mba mbok kang cak cik neng gus ning bang kak dik adik"
    " om tante pakde bude paklik bulik mr mrs"
)
_OTHERS_SAID = (
    "rt rw lurah kades kadus camat desa dusun kantor loket dokter bidan perawat mantri"
    " guru petugas pegawai perangkat kepala ketua sekretaris sekdes babinsa polisi"
    " bhabinkamtibmas relawan kader satgas tim semua sekalian yang dan di dari sudah atas"
    " untuk telah itu ini juga nya yg sangat sekali selalu tidak sabar ramah baik cepat"
    " mau bisa saya kami kita aku anak suami istri mertua nenek kakek keluarga tetangga"
    " hamil lansia juru tukang sopir datang membantu bantu menolong melayani was were and for who from at in the"
)
_ADDRESSES = frozenset(_ADDRESSES_SAID.split())
_OTHERS = frozenset(_OTHERS_SAID.split())


def wrong_with(words: str) -> Wrong | None:
    """Say what is wrong with own words, or None.

    The same for everybody: asked word by word, it tells nobody who lives or works
    where. "Bu" before a name is refused, whether anybody bears it or not.
    """
    if not any(sign.isalpha() for sign in words):
        return Wrong.EMPTY
    if most_digits(words) > LONGEST_NUMBER:
        return Wrong.NUMBER
    return Wrong.NAME if _addresses_somebody(words) else None


def without_names(words: str, *, names: Iterable[str]) -> str:
    """Return own words with people struck out who must not be named.

    ``names`` are the family itself, and who works there. Spelling does not hide a
    name. Whoever writes is not told which of their words were names.
    """
    known = {part for name in names for part in _parts(name)}
    struck = _WORD.sub(
        lambda word: STRUCK if fold_name(word[0]) in known else word[0], words
    )
    return re.sub(rf"{STRUCK}(?:\W*{STRUCK})+", STRUCK, struck)


def _parts(name: str) -> list[str]:
    known = fold_name(name).split()
    return [part for part in known if len(part) >= SHORTEST_NAME]


def _addresses_somebody(words: str) -> bool:
    said = [word.lower() for word in _WORD.findall(words)]
    return any(
        before in _ADDRESSES and word not in _OTHERS and word not in _ADDRESSES
        for before, word in pairwise(said)
    )
