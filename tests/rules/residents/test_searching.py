"""What is typed becomes a bounded question to the search index."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.residents.rules.searching import (
    MOST_WORDS,
    all_of,
    birth_query,
    name_query,
    one_typo_away,
    region_query,
    splits,
    words_to_find,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("H. Moch. Ali", ["muhamad", "ali"]),
        ("I Made Wirya", ["made", "wirya"]),
        ("I", ["i"]),
        ("Siti Siti", ["siti"]),
        ("", []),
        ("a b c d e f g", ["a", "b", "c", "d", "e"]),
    ],
)
def test_words_worth_asking_for(typed: str, words: list[str]) -> None:
    assert words_to_find(typed) == words


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        pytest.param("siti", "stii", id="swapped"),
        pytest.param("siti", "siri", id="wrong letter"),
        pytest.param("siti", "sitii", id="one too many"),
        pytest.param("siti", "sti", id="one too few"),
    ],
)
def test_one_slip_of_a_finger_is_covered(meant: str, typed: str) -> None:
    assert meant in one_typo_away(typed)


def test_very_short_and_long_words_are_not_retyped() -> None:
    assert one_typo_away("i") == set()
    assert one_typo_away("sarifudinah") == set()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8))
def test_retyping_stays_small_and_never_returns_the_word(word: str) -> None:
    spellings = one_typo_away(word)
    assert word not in spellings
    assert len(spellings) <= 54 * len(word) + 25
    assert {abs(len(spelling) - len(word)) for spelling in spellings} <= {0, 1}


def test_a_long_word_may_be_two() -> None:
    assert ("nur", "hasanah") in splits("nurhasanah")
    assert splits("siti") == []


def test_every_word_must_occur_or_two_written_as_one() -> None:
    query = "((('nur')) & (('hasanah'))) | ('nurhasanah')"
    assert name_query(["nur", "hasanah"]) == query


def test_other_readings_are_alternatives() -> None:
    query = name_query(["nurhasana"], {"nurhasana": ["nurhasanah", "nur hasanah"]})
    assert query == "((('nurhasana') | ('nurhasanah') | ('nur' & 'hasanah')))"


def test_no_words_ask_nothing() -> None:
    assert name_query([]) == ""


def test_regions_are_prefixes_of_whole_segments() -> None:
    assert region_query(["35.10.09", "35.10.10.2001"]) == (
        "'@35.10.09.':* | '@35.10.10.2001.':*"
    )


def test_a_whole_regency_is_no_limit() -> None:
    assert region_query(["35.10", "35.10.09"]) == ""


@pytest.mark.parametrize("code", ["'", "35.10.09.':* | 'a", "x", "35.10.09.2003.1"])
def test_what_is_no_code_never_enters_the_query(code: str) -> None:
    assert region_query([code]) == ""


def test_births() -> None:
    assert birth_query(born_on=date(1985, 4, 12), born_year=None) == "'#19850412'"
    assert birth_query(born_on=None, born_year=1985) == "'#1985':*"
    assert birth_query(born_on=None, born_year=None) == ""


def test_empty_conditions_are_left_out() -> None:
    assert all_of("'a'", "", "'b'") == "('a') & ('b')"


@given(st.text(max_size=60))
def test_whatever_is_typed_stays_inside_its_quotes(typed: str) -> None:
    words = words_to_find(typed)
    assert len(words) <= MOST_WORDS
    assert all(word.isascii() and word.isalnum() for word in words)
