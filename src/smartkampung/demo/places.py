"""The villages of the demo's regency, with made-up RW and RT below them.

The structure is the same for every seed, so that links to an RT keep working.
"""

import csv
import random
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import smartkampung.regions
from smartkampung.demo.draw import shares

DATA = Path(__file__).parent / "data"
REGENCY: Mapping[str, Any] = tomllib.loads((DATA / "regency.toml").read_text())
WORDS: Mapping[str, Any] = tomllib.loads((DATA / "names.toml").read_text())["words"]
FOLDER = Path(smartkampung.regions.__file__).parent / "data" / REGENCY["code"]
CULTURES = ("osing", "javanese", "madurese", "balinese")


class Rt(NamedTuple):
    """One neighbourhood: its code and the hamlet it lies in."""

    code: str
    dusun: str


class Village(NamedTuple):
    """A real village with an estimate of who lives there and made-up RTs.

    ``turn`` and ``turns`` keep numbers issued by the villages of one kecamatan
    apart; ``place`` is coast, farm, town or estate.
    """

    code: str
    name: str
    number: int
    turn: int
    turns: int
    place: str
    people: int
    cultures: Mapping[str, float]
    rts: tuple[Rt, ...]

    @property
    def kecamatan(self) -> str:
        """Return the code of the kecamatan."""
        return self.code.rpartition(".")[0]


def read_villages() -> list[Village]:
    """Return every village of the demo's regency, by code."""
    rows = _rows(FOLDER / "villages.csv")
    about = {row["kecamatan"]: row for row in _rows(DATA / "population.csv")}
    turns: dict[str, list[str]] = {}
    for row in rows:
        turns.setdefault(row["code"].rpartition(".")[0], []).append(row["code"])
    people = {
        code: count
        for kecamatan, codes in turns.items()
        for code, count in _people_of(about[kecamatan], codes).items()
    }
    rws = shares(REGENCY["rw"], list(people.values()), least=2)
    rts = shares(REGENCY["rt"] - REGENCY["rw"], list(people.values()))
    found = []
    for number, row in enumerate(rows):
        kecamatan, _, own = row["code"].rpartition(".")
        there = about[kecamatan]
        coastal = own in there["coast"].split()
        found.append(
            Village(
                code=row["code"],
                name=row["name"],
                number=number,
                turn=turns[kecamatan].index(row["code"]),
                turns=len(turns[kecamatan]),
                place="coast" if coastal else there["place"],
                people=people[row["code"]],
                cultures={name: float(there[name]) for name in CULTURES},
                rts=_neighbourhoods(
                    row["code"], rws[number], rws[number] + rts[number]
                ),
            )
        )
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _people_of(about: Mapping[str, str], codes: list[str]) -> dict[str, int]:
    """Spread a kecamatan's people unevenly, always in the same way."""
    uneven = [random.Random(code).uniform(0.6, 1.6) for code in codes]
    total = int(about["men"]) + int(about["women"])
    return dict(zip(codes, shares(total, uneven), strict=True))


def _neighbourhoods(village: str, rws: int, rts: int) -> tuple[Rt, ...]:
    """Number RTs within RWs, and let neighbouring RWs share a hamlet."""
    rng = random.Random(village)
    names = WORDS["dusun"].split()
    hamlets = [names[0], *rng.sample(names[1:], k=max(1, min(5, rws // 3)))]
    found = []
    for rw, count in enumerate(shares(rts, [1] * rws, least=1), start=1):
        hamlet = hamlets[(rw - 1) * len(hamlets) // rws]
        code = f"{village}.{rw:03d}"
        found += [Rt(f"{code}.{rt:03d}", hamlet) for rt in range(1, count + 1)]
    return tuple(found)
