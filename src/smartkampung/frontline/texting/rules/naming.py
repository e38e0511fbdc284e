"""The village that somebody names in a text, among those that there are. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smartkampung.frontline.texting.rules.reading import apart, plain

_FILLERS = frozenset(
    {"desa", "kelurahan", "kel", "kecamatan", "kec", "dusun", "di", "saya", "dari"}
)
_PART = re.compile(r"\b(rt|rw)\W{0,2}0*(\d{1,3})\b")
SURE = 5  # letters from which one slip is forgiven


@dataclass(frozen=True)
class Village:
    """A village as people name it."""

    code: str
    name: str
    kecamatan: str


@dataclass(frozen=True)
class Named:
    """What was named: the village, and RT and RW where both were said."""

    code: str
    rt: str = ""


def find(said: str, villages: Iterable[Village]) -> Named | None:
    """Return the one village that a text names, or None where it is none or several.

    Spelling is forgiven by one letter; a name that two villages bear needs that of the
    kecamatan beside it.
    """
    text = plain(said).lower()
    parts = dict(_PART.findall(text))
    words = [
        word
        for word in re.findall(r"[a-z]+", _PART.sub(" ", text))
        if word not in _FILLERS
    ]
    known = list(villages)
    for slips in (0, 1):
        found = [one for one in known if _names(words, one.name, slips)]
        found = _meant(found, "".join(words))
        if len(found) == 1:
            return Named(found[0].code, _rt(found[0].code, parts))
    return None


def _meant(found: list[Village], joined: str) -> list[Village]:
    """Return which of several are meant."""
    # "Pakel Licin" is Pakel in the kecamatan Licin, and not the village Licin.
    around = {_folded(one.kecamatan) for one in found if one.name != one.kecamatan}
    found = [one for one in found if _folded(one.name) not in around] or found
    # Longer names hold shorter ones: Kebaman is not meant by Tegal Kebaman.
    longest = max((len(_folded(one.name)) for one in found), default=0)
    found = [one for one in found if len(_folded(one.name)) == longest]
    if len(found) > 1:
        found = [one for one in found if _folded(one.kecamatan) in joined]
    return found


def _rt(village: str, parts: dict[str, str]) -> str:
    if set(parts) != {"rt", "rw"}:
        return ""
    return f"{village}.{int(parts['rw']):03}.{int(parts['rt']):03}"


def _names(words: list[str], name: str, slips: int) -> bool:
    """Say whether some words beside each other are a name, up to some slips."""
    wanted = _folded(name)
    if slips and len(wanted) < SURE:
        return False
    return any(
        apart("".join(words[start:end]), wanted, most=slips) <= slips
        for start in range(len(words))
        for end in range(start + 1, min(start + 4, len(words)) + 1)
    )


def _folded(name: str) -> str:
    return "".join(re.findall(r"[a-z]+", plain(name).lower()))
