"""How alike two records are, field by field."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.duplicates.rules.comparisons import COMPARISONS, levels_of
from smartkampung.duplicates.rules.distance import within_edits
from smartkampung.duplicates.rules.traits import Facts, Traits, traits_of

BORN = date(1985, 4, 12)
HERE = "35.10.09.2003.002.007"
NIK = "3510091204850003"


def record(**more: Any) -> Traits:
    known: dict[str, Any] = {
        "id": 1,
        "name": "ahmad fauzi",
        "sex": "L",
        "born_on": BORN,
        "region_code": HERE,
    }
    return traits_of(Facts(**(known | more)))


def level(name: str, one: dict[str, Any], other: dict[str, Any]) -> str:
    found = levels_of(record(**one), record(**other))[name]
    assert found == levels_of(record(**other), record(**one))[name]
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ahmad fauzi", "fauzi ahmad", "same"),
        ("sri wahyuni", "sriwahyuni", "same"),
        ("ahmad fauzi", "ahmad fausi", "one_letter"),
        ("rudi", "rud", "one_letter"),
        ("ahmad fauzi", "ahmad", "short"),
        ("ahmad fauzi", "ahmad f", "short"),
        ("ahmad fauzi", "a fauzi", "short"),
        ("ahmad fauzi", "ahmed fausi", "two_letters"),
        ("ahmad fauzi", "ahmad santoso", "one_word"),
        ("ahmad fauzi", "budi santoso", "other"),
        ("ahmad fauzi", "", "unknown"),
        ("siti", "sitirahma", "other"),
    ],
)
def test_names(one: str, other: str, expected: str) -> None:
    assert level("name", {"name": one}, {"name": other}) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (BORN, "same"),
        (date(1985, 12, 4), "swapped"),
        (date(1985, 4, 13), "one_digit"),
        (date(1995, 4, 12), "one_digit"),
        (date(1985, 1, 1), "first_of_year"),
        (date(1985, 9, 27), "same_year"),
        (date(1967, 4, 12), "same_day"),
        (date(1960, 7, 30), "other"),
        (None, "unknown"),
    ],
)
def test_births(other: date | None, expected: str) -> None:
    assert level("born_on", {}, {"born_on": other}) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"family": "1"}, "same_card"),
        ({"family": "2"}, "same_rt"),
        ({"region_code": "35.10.09.2003.001.001"}, "same_village"),
        ({"region_code": "35.10.09.2004.001.001"}, "same_kecamatan"),
        ({"region_code": "35.10.10.2001.001.001"}, "other"),
    ],
)
def test_places(other: dict[str, str], expected: str) -> None:
    assert level("place", {"family": "1"}, other) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (NIK, "same"),
        ("3510091204850008", "one_digit"),
        ("3510092204850003", "one_digit"),
        ("3510091204850030", "two_digits"),
        ("3510096204800003", "other"),
        ("", "unknown"),
    ],
)
def test_niks(other: str, expected: str) -> None:
    assert level("nik", {"nik": NIK}, {"nik": other}) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Siti Aminah", "same"),
        ("Siti Amina", "near"),
        ("Siti", "short"),
        ("Sumiati", "other"),
        ("", "unknown"),
    ],
)
def test_mothers(other: str, expected: str) -> None:
    one = {"mother_name": "Siti Aminah", "family": "1"}
    assert level("mother_name", one, {"mother_name": other, "family": "2"}) == expected


def test_parents_say_nothing_on_one_card_because_siblings_share_them() -> None:
    card = {"mother_name": "Siti", "father_name": "Karto", "family": "1"}
    assert level("mother_name", card, card) == "unknown"
    assert level("father_name", card, card) == "unknown"


words = st.text("abs ", max_size=9)


@given(words, words)
def test_every_pair_reaches_one_level_of_each_comparison(one: str, other: str) -> None:
    found = levels_of(record(name=one), record(name=other))
    for comparison in COMPARISONS:
        codes = {level.code for level in comparison.levels}
        assert found[comparison.name] in codes | {"unknown"}


def edits(left: str, right: str) -> int:
    if not left or not right:
        return len(left) + len(right)
    return min(
        edits(left[1:], right) + 1,
        edits(left, right[1:]) + 1,
        edits(left[1:], right[1:]) + (left[0] != right[0]),
    )


@given(st.text("ab", max_size=5), st.text("ab", max_size=5), st.integers(0, 3))
def test_within_edits_counts_as_the_definition_does(
    left: str, right: str, most: int
) -> None:
    assert within_edits(left, right, most) == (edits(left, right) <= most)
