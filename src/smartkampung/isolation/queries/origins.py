"""Provinces, regencies and cities of all Indonesia: where people come from."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "origins.csv"
# Ours: Kemendagri numbers no country.
ABROAD = "00"


def provinces() -> list[tuple[str, str]]:
    """Return the code and name of every province, by name."""
    return _by_name([(code, name) for code, name in _all().items() if "." not in code])


def regencies_of(province: str) -> list[tuple[str, str]]:
    """Return the code and name of every regency and city of a province, by name."""
    inside = f"{province}."
    return _by_name(
        [(code, name) for code, name in _all().items() if code.startswith(inside)]
    )


def is_origin(code: str) -> bool:
    """Say whether somebody can come from there: a regency, a city, or abroad."""
    return code == ABROAD or ("." in code and code in _all())


def origin_name(code: str) -> str:
    """Return the name of a place of origin; nothing for an unknown code or abroad."""
    return _all().get(code, "")


@cache
def _all() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


def _by_name(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(rows, key=lambda row: row[1])
