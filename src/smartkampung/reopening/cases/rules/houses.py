"""When two addresses are one house."""

import re

ALONE = "alone:"
_WORDS = re.compile(r"\b(?:jalan|jln|jl|dusun|dsn|nomor|nomer|no|rumah|gang|gg)\b\.?")
_REST = re.compile(r"[^0-9a-z]+")
# "RT 003 RW 001", "RT 3/1", "rt003/rw001": which RT it is stands beside the address.
_RT = re.compile(r"\br[tw]\W*\d+(?:\s*/\s*\d+)?")
# Numbers that are not of a house: of a hamlet or an alley, kilometres, post codes.
_OTHER = re.compile(
    r"\b(?:dusun|dsn|lingkungan|lingk|link|gang|gg|km)\W*\d+|\b\d{5,}\b"
)


def fold_address(address: str) -> str:
    """Return an address without what people write now and then: "Jl. Mawar No. 5"."""
    plain = _WORDS.sub(" ", _RT.sub(" ", address.lower()))
    return _REST.sub(" ", plain).strip()[:120]


def names_a_house(address: str) -> bool:
    """Say whether an address names one house: with a number, not "Dusun Krajan"."""
    rest = _OTHER.sub(" ", _RT.sub(" ", address.lower()))
    return any(sign.isdigit() for sign in rest)


def house_key(address: str, *, family: int | None, who: str) -> str:
    """Return by what a house is known: its address, else its family card, else who.

    An address without the number of a house is that of a whole hamlet. Two people
    without either are two houses: rather one too many than one too few.
    """
    if names_a_house(address):
        return fold_address(address)
    return f"card:{family}" if family else f"{ALONE}{who}"[:120]
