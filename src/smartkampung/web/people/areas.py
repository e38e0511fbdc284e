"""The places within an officer's area, as choices to narrow a search or a board."""

from collections.abc import Iterable
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import ancestor, inside, level
from smartkampung.regions.queries import kecamatan_of, parts_of, rts_of, villages_of

Choices = list[tuple[str, Any]]


def choices(
    actor: Actor, permissions: Iterable[Permission] = (Permission.RESIDENT_FIND,)
) -> Choices:
    """Return the places inside the area where any of the permissions holds.

    Kecamatan and villages for a regency, villages for a kecamatan, RWs and RTs for a
    village, RTs for an RW; nothing for an RT, which cannot be narrowed.
    """
    codes = {code for one in permissions for code in actor.regions_where(one)}
    outer = [
        code
        for code in sorted(codes)
        if not any(inside(code, other) for other in codes - {code})
    ]
    return [choice for code in outer for choice in _inside(code)]


def _inside(code: str) -> Choices:
    depth = level(code)
    if depth in {"province", "regency"}:
        return _villages_by_kecamatan(code)
    if depth == "kecamatan":
        return [(row.code, row.name) for row in villages_of(code)]
    if depth == "village":
        return _rts_by_rw(code)
    return [(row.code, row.name) for row in parts_of(code)]


def _villages_by_kecamatan(code: str) -> Choices:
    villages: dict[str, Choices] = {}
    for row in villages_of(code):
        villages.setdefault(str(row.parent_id), []).append((row.code, row.name))
    return [
        (row.name, [(row.code, f"{row.name} (kecamatan)"), *villages.get(row.code, [])])
        for row in kecamatan_of(code)
    ]


def _rts_by_rw(code: str) -> Choices:
    rts: dict[str, Choices] = {}
    for row in rts_of(code):
        rw = ancestor(row.code, "rw")
        words = f"{row.name} / {_rw(rw)}"
        rts.setdefault(rw, [(rw, _rw(rw))]).append((row.code, words))
    return [(_rw(rw), group) for rw, group in rts.items()]


def _rw(code: str) -> str:
    return f"RW {code.rpartition('.')[2]}"
