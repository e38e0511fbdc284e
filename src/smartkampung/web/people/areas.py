"""The places within an officer's area, as choices to narrow a search."""

from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import level
from smartkampung.regions.queries import kecamatan_of, parts_of, villages_of

Choices = list[tuple[str, Any]]


def choices(actor: Actor) -> Choices:
    """Return the kecamatan, villages, RWs or RTs inside the area where people may be found.

    One level deep for an office of one village, so that the list stays short.
    """
    found: Choices = []
    for code in actor.regions_where(Permission.RESIDENT_FIND):
        found += _inside(code)
    return found


def _inside(code: str) -> Choices:
    depth = level(code)
    if depth in {"province", "regency"}:
        return _villages_by_kecamatan(code)
    if depth == "kecamatan":
        return [(row.code, row.name) for row in villages_of(code)]
    return [(row.code, row.name) for row in parts_of(code)]


def _villages_by_kecamatan(code: str) -> Choices:
    villages: dict[str, Choices] = {}
    for row in villages_of(code):
        villages.setdefault(str(row.parent_id), []).append((row.code, row.name))
    return [
        (row.name, [(row.code, f"{row.name} (kecamatan)"), *villages.get(row.code, [])])
        for row in kecamatan_of(code)
    ]
