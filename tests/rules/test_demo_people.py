"""The made-up population is believable, coherent, and the same for the same seed."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from smartkampung.demo.names import Who, name_of, old_spelling
from smartkampung.demo.neighbourhoods import head_terms, region_rows
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import Village, read_villages
from smartkampung.demo.staff import heads_played
from smartkampung.residents.bulk import FamilyRow, PersonRow
from smartkampung.residents.rules import (
    NikFlag,
    fold_name,
    nik_flags,
    read_kk,
    read_nik,
    read_phone,
)

TODAY = date(2026, 11, 24)
PEOPLE = 30_000
HEAD, HUSBAND, WIFE, CHILD, IN_LAW, GRANDCHILD, PARENT = 1, 2, 3, 4, 5, 6, 7
FARM_HANDS, FISHERS, CLERKS = {9, 20}, {11, 21}, {15}


@pytest.fixture(scope="module")
def villages() -> list[Village]:
    """Every village of the regency."""
    return read_villages()


@pytest.fixture(scope="module")
def families(villages: list[Village]) -> list[FamilyRow]:
    """A population big enough for shares to settle."""
    return list(families_of(villages, Crowd(PEOPLE, 7, TODAY), town="Banyuwangi"))


def people(families: list[FamilyRow]) -> Iterator[PersonRow]:
    """Everybody of these families."""
    return (person for family in families for person in family.members)


def age(person: PersonRow) -> float:
    """Age today in years."""
    assert person.born_on is not None
    return (TODAY - person.born_on).days / 365.25


def test_one_seed_makes_one_population(villages: list[Village]) -> None:
    runs = [
        list(islice(families_of(villages, Crowd(3_000, seed, TODAY), town="X"), 200))
        for seed in (1, 1, 2)
    ]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


@pytest.mark.parametrize("count", [1, 217, 999, 5_000])
def test_exactly_as_many_people_as_asked_for(
    villages: list[Village], count: int
) -> None:
    made = families_of(villages, Crowd(count, 3, TODAY), town="X")
    assert sum(len(family.members) for family in made) == count


def test_kecamatan_are_scaled_from_the_real_table(
    villages: list[Village], families: list[FamilyRow]
) -> None:
    real: Counter[str] = Counter()
    for village in villages:
        real[village.kecamatan] += village.people
    made: Counter[str] = Counter()
    for family in families:
        made[family.region_code[:8]] += len(family.members)

    assert real["35.10.05"] == 134_070
    assert len(real) == 25
    for kecamatan, count in real.items():
        share = count / sum(real.values()) * PEOPLE
        assert made[kecamatan] == pytest.approx(share, abs=12)


def test_the_age_pyramid_is_that_of_the_regency(families: list[FamilyRow]) -> None:
    ages = [age(person) for person in people(families)]
    young = sum(a < 15 for a in ages) / len(ages)
    old = sum(a >= 60 for a in ages) / len(ages)
    sexes = Counter(person.sex for person in people(families))

    assert young == pytest.approx(0.199, abs=0.02)
    assert old == pytest.approx(0.188, abs=0.02)
    assert sexes["L"] / sexes["P"] == pytest.approx(0.99, abs=0.04)
    assert max(ages) < 105


def test_family_sizes_are_those_of_the_regency(families: list[FamilyRow]) -> None:
    sizes = [len(family.members) for family in families]
    assert sum(sizes) / len(sizes) == pytest.approx(2.9, abs=0.15)
    assert 1 <= min(sizes) <= max(sizes) <= 14


def test_every_family_has_one_grown_up_head_who_comes_first(
    families: list[FamilyRow],
) -> None:
    for family in families:
        relations = [person.relation for person in family.members]
        assert relations.count(HEAD) == 1
        assert relations[0] == HEAD
        assert age(family.members[0]) >= 18
        assert relations.count(WIFE) <= 1
        assert relations.count(PARENT) <= 1


def test_children_are_younger_than_their_parents(families: list[FamilyRow]) -> None:
    for family in families:
        by = defaultdict(list)
        for person in family.members:
            by[person.relation].append(age(person))
        for child in by[CHILD]:
            assert child < min(by[HEAD] + by[WIFE]) - 15
        for parent in by[PARENT]:
            assert parent > by[HEAD][0] + 15 or parent == pytest.approx(96, abs=1)
        for grandchild in by[GRANDCHILD]:
            assert grandchild < max(by[CHILD]) - 15


def test_marriage_schooling_and_work_fit_the_age(families: list[FamilyRow]) -> None:
    for person in people(families):
        if age(person) < 15:
            assert person.marital_status == 1
            assert person.occupation in {1, 3}
            assert person.education in {1, 2, 3}
        if person.relation == WIFE:
            assert (person.sex, person.marital_status) == ("P", 2)


def test_three_in_a_hundred_numbers_carry_a_quirk(families: list[FamilyRow]) -> None:
    kinds: Counter[str] = Counter()
    seen: set[str] = set()
    for family in families:
        for person in family.members:
            if not person.nik:
                assert person.temporary_id.startswith("0")
                assert len(person.temporary_id) == 16
                kinds["temporary"] += 1
            elif person.nik in seen:
                kinds["contested"] += 1
            else:
                seen.add(person.nik)
                assert read_nik(person.nik) == person.nik
                flags = nik_flags(
                    person.nik,
                    region_code=family.region_code,
                    born_on=person.born_on,
                    sex=person.sex,
                )
                kinds[str(flags.name)] += 1

    share = {kind: count / PEOPLE for kind, count in kinds.items()}
    assert 1 - share[str(NikFlag.NONE.name)] == pytest.approx(0.03, abs=0.006)
    assert share["REGION"] == pytest.approx(0.016, abs=0.004)
    assert share["BIRTH_DATE"] == pytest.approx(0.006, abs=0.002)
    assert share["temporary"] == pytest.approx(0.005, abs=0.002)
    assert share["contested"] == pytest.approx(0.002, abs=0.0015)
    assert share["SEX"] > 0


def test_cards_and_telephones_belong_to_one_family(families: list[FamilyRow]) -> None:
    cards = [family.kk for family in families]
    phones = [family.phone for family in families if family.phone]

    assert len(set(cards)) == len(cards)
    assert all(read_kk(card) == card for card in cards)
    assert len(set(phones)) == len(phones)
    assert read_phone(phones[0]) == phones[0]
    assert len(phones) / len(cards) == pytest.approx(0.86, abs=0.02)


def test_no_number_is_one_that_a_registrar_would_give(
    families: list[FamilyRow],
) -> None:
    serials = [int(person.nik[12:]) for person in people(families) if person.nik]
    assert min(serials) > 5_000
    assert all(family.phone[3:5] == "84" for family in families if family.phone)


def test_some_are_dead_or_moved_but_not_deleted(families: list[FamilyRow]) -> None:
    states = Counter(person.status for person in people(families))
    assert set(states) == {"living", "dead", "moved"}
    assert 0.002 < states["dead"] / PEOPLE < 0.02
    dead = [age(p) for p in people(families) if p.status == "dead"]
    assert sorted(dead)[len(dead) // 2] > 60


@pytest.mark.parametrize(
    ("place", "work", "least"),
    [("coast", FISHERS, 0.15), ("farm", FARM_HANDS, 0.2), ("town", CLERKS, 0.1)],
)
def test_work_belongs_to_the_place(
    villages: list[Village],
    families: list[FamilyRow],
    place: str,
    work: set[int],
    least: float,
) -> None:
    here = {village.code for village in villages if village.place == place}
    shares = []
    for inside in (True, False):
        men = [
            family.members[0].occupation
            for family in families
            if (family.region_code[:13] in here) is inside
        ]
        shares.append(sum(job in work for job in men) / len(men))
    assert shares[0] > least
    assert shares[0] > shares[1]


def test_cultures_live_where_they_live(families: list[FamilyRow]) -> None:
    hindus: Counter[str] = Counter()
    everybody: Counter[str] = Counter()
    for family in families:
        for person in family.members:
            everybody[family.region_code[:8]] += 1
            hindus[family.region_code[:8]] += person.religion == 4
    shares = {code: hindus[code] / count for code, count in everybody.items()}
    assert max(shares, key=lambda code: shares[code]) == "35.10.04"
    assert sum(hindus.values()) / PEOPLE == pytest.approx(0.016, abs=0.008)


def test_names_come_in_many_spellings_that_fold_together(
    families: list[FamilyRow],
) -> None:
    names = [person.name for person in people(families)]
    openings = Counter(name.split()[0] for name in names)
    assert {"Moh.", "Moch.", "Muh.", "Muhammad", "H.", "Hj.", "I", "Ni"} <= set(
        openings
    )
    assert sum(" " not in name for name in names) / len(names) > 0.05
    assert fold_name(old_spelling("Sukardi Cipto")) == fold_name("Sukardi Cipto")
    assert all(fold_name(name) and len(name) <= 120 for name in names)


def test_a_balinese_name_says_the_order_of_birth() -> None:
    who = Who("balinese", "P", 1990, 4, 5)
    first, order, _ = name_of(who, random.Random(1).random).split()
    assert first == "Ni"
    assert order in [
        "Wayan",
        "Putu",
        "Gede",
        "Made",
        "Kadek",
        "Nyoman",
        "Komang",
        "Ketut",
    ]


def test_a_small_demo_fills_the_first_rts_of_each_village(
    families: list[FamilyRow], villages: list[Village]
) -> None:
    filled: Counter[str] = Counter(family.region_code for family in families)
    known = {rt.code for village in villages for rt in village.rts}
    assert set(filled) <= known
    assert len({code[:13] for code in filled}) == 217
    assert "35.10.09.2003.001.001" in filled
    assert sum(filled.values()) / len(filled) > 10


def test_neighbourhoods_number_what_the_regency_reported(
    villages: list[Village],
) -> None:
    rows = region_rows(villages)
    depths = Counter(row.code.count(".") for row in rows)
    assert depths == {4: 2_488, 5: 10_600}
    assert len({row.code for row in rows}) == len(rows)
    assert min(len(village.rts) for village in villages) >= 2


def test_everywhere_has_a_head_today_and_terms_follow_each_other(
    villages: list[Village],
) -> None:
    terms = head_terms(villages, on=TODAY, known={})
    serving = [t for t in terms if t.since <= TODAY and (t.until or TODAY) > TODAY]
    assert len(serving) == 25 + 217 + 2_488 + 10_600
    assert len({t.region for t in serving}) == len(serving)
    assert all(t.until is not None and t.until > t.since for t in terms)


def test_who_plays_a_head_is_the_head(villages: list[Village]) -> None:
    played = heads_played()
    terms = head_terms(villages, on=TODAY, known=played)
    serving = {t.region: t.name for t in terms if t.since <= TODAY < (t.until or TODAY)}
    assert serving | played == serving
    assert serving["35.10.09.2003"] == "H. Moch. Suwarno"
