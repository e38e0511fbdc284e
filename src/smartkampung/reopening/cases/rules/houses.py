"""When two addresses are one house."""

import re

_WORDS = re.compile(r"\b(?:jalan|jln|jl|dusun|dsn|nomor|nomer|no|rumah|gang|gg)\b\.?")
_REST = re.compile(r"[^0-9a-z]+")


def fold_address(address: str) -> str:
    """Return an address without what people write now and then: "Jl. Mawar No. 5"."""
    plain = _WORDS.sub(" ", address.lower())
    return _REST.sub(" ", plain).strip()[:120]


def house_key(address: str, *, family: int | None, name: str) -> str:
    """Return by what a house is known: its address, else its family card, else who.

    Two people without either are two houses: rather one too many than one too few.
    """
    folded = fold_address(address)
    if folded:
        return folded
    return f"card:{family}" if family else f"alone:{name}"[:120]
