"""Which numbers about people anybody may read."""

from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.programmes.rules.figures import (
    counts,
    medians,
    medians_by_place,
)

A, B, C = "35.10.09", "35.10.10", "35.10.11"


def test_large_counts_are_shown_as_they_are() -> None:
    assert counts({A: (20, 12), B: (30, 25)}) == {
        A: {"chosen": 20, "finished": 12},
        B: {"chosen": 30, "finished": 25},
        "": {"chosen": 50, "finished": 37},
    }


def test_a_small_count_is_hidden_and_cannot_be_worked_out() -> None:
    """Three of B did not finish: shown with its parts, the rest would tell them."""
    found = counts({A: (20, 12), B: (30, 27)})
    assert found[B]["finished"] is None or found[B]["chosen"] is None
    assert found[A]["finished"] is None or found[""]["finished"] is None


def test_nothing_was_chosen_anywhere() -> None:
    assert counts({}) == {}


def test_a_median_of_few_is_not_shown() -> None:
    few = [(600_000, 1_000_000)] * 4
    assert medians(few) == {
        "income_before": None,
        "income_after": None,
        "asked": None,
    }


def test_the_median_is_the_middle() -> None:
    pairs = [(600_000, after) for after in (1, 2, 3, 4, 1_000_000)]
    assert medians(pairs) == {"income_before": 600_000, "income_after": 3, "asked": 5}


def test_a_kecamatan_is_left_out_where_the_rest_are_few() -> None:
    found = medians_by_place({A: [(1, 2)] * 9, B: [(3, 4)] * 3})
    assert found[""]["income_after"] == 2
    assert found[A]["income_after"] is None
    assert found[B]["asked"] is None


def test_one_kecamatan_alone_is_the_regency() -> None:
    found = medians_by_place({A: [(1, 2)] * 6})
    assert found[A] == found[""]


@given(
    st.dictionaries(
        st.sampled_from([A, B, C]),
        st.integers(0, 40).flatmap(
            lambda chosen: st.tuples(st.just(chosen), st.integers(0, chosen))
        ),
    )
)
def test_no_number_below_five_is_ever_shown(people: dict[str, tuple[int, int]]) -> None:
    for numbers in counts(people).values():
        assert all(
            value is None or value == 0 or value >= 5 for value in numbers.values()
        )
        chosen, finished = numbers["chosen"], numbers["finished"]
        if chosen is not None and finished is not None:
            assert chosen - finished == 0 or chosen - finished >= 5
