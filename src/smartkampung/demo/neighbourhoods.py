"""Made-up RW, RT and hamlets below the real villages, and who heads everything."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartkampung.demo.draw import Deck
from smartkampung.demo.names import Who, name_of
from smartkampung.demo.places import Village
from smartkampung.regions.bulk import RegionRow, TermRow

HEAD_BORN = (1958, 1990)
RT_TERM_YEARS, VILLAGE_TERM_YEARS = 5, 8
MUSLIM, SENIOR = 1, 5


def region_rows(villages: Sequence[Village]) -> list[RegionRow]:
    """Return every RW, with its hamlet, and every RT."""
    rows: dict[str, RegionRow] = {}
    for village in villages:
        for rt in village.rts:
            rw, _, number = rt.code.rpartition(".")
            rows.setdefault(rw, RegionRow(rw, f"RW {rw[-3:]}", dusun=rt.dusun))
            rows[rt.code] = RegionRow(rt.code, f"RT {number}", dusun=rt.dusun)
    return list(rows.values())


def head_terms(
    villages: Sequence[Village], *, on: date, known: Mapping[str, str]
) -> list[TermRow]:
    """Return who heads each kecamatan, village, RW and RT, and who did before.

    ``known`` names the present heads of some places, by code.
    """
    rng = random.Random("heads")
    decks = {village.code: Deck(village.cultures) for village in villages}
    terms: list[TermRow] = []
    kecamatan = {village.kecamatan: village.code for village in villages}
    for code, village_code in kecamatan.items():
        terms += _terms(code, decks[village_code], VILLAGE_TERM_YEARS, on, rng)
    for village in villages:
        deck = decks[village.code]
        terms += _terms(village.code, deck, VILLAGE_TERM_YEARS, on, rng)
        codes = {rt.code.rpartition(".")[0] for rt in village.rts}
        for code in [*sorted(codes), *(rt.code for rt in village.rts)]:
            terms += _terms(code, deck, RT_TERM_YEARS, on, rng)
    return [
        row._replace(name=known.get(row.region, row.name)) if _runs(row, on) else row
        for row in terms
    ]


def _runs(term: TermRow, on: date) -> bool:
    return term.until is None or term.until > on


def _terms(
    code: str, cultures: Deck[str], years: int, on: date, rng: random.Random
) -> Iterator[TermRow]:
    """Return the present term, and the one before it in every third place."""
    began = date(on.year - rng.randrange(years - 1), 1 + rng.randrange(9), 1)
    ends = began.replace(year=began.year + years)
    yield TermRow(code, _name(cultures, rng), began, ends)
    if rng.random() < 1 / 3:
        before = began.replace(year=began.year - years)
        yield TermRow(code, _name(cultures, rng), before, began)


def _name(cultures: Deck[str], rng: random.Random) -> str:
    sex = "P" if rng.random() < 0.12 else "L"
    born = rng.randrange(*HEAD_BORN)
    who = Who(cultures.draw(rng.random), sex, born, MUSLIM, SENIOR)
    return name_of(who, rng.random)
