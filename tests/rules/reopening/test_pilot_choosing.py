"""Two villages come first by points that anybody can add up."""

from typing import Any

import pytest

from smartkampung.reopening.pilots.rules.choosing import (
    WEIGHTS,
    Criterion,
    Facts,
    Point,
    rank,
    wrong_weights,
)


def village(code: str, **told: Any) -> Facts:
    known: dict[str, Any] = {
        "ready": 4,
        "cases": 0,
        "green": 100,
        "market": False,
        "tourism": False,
        "urban": False,
        "people": 1000,
    }
    return Facts(village=code, **{**known, **told})


def test_points_add_up_by_their_weights() -> None:
    first, second = rank(
        [
            village("b", ready=None, cases=None, green=None, urban=True, people=2000),
            village("a", market=True, cases=3, green=80),
        ],
        WEIGHTS,
    )
    assert [(p.points, p.fact) for p in first.points] == [
        (50, 4),
        (75, 75),
        (70, 1),
        (50, 1),
        (50, 0),
        (50, 1000),
    ]
    # 40 x 50 + 15 x 75 + 15 x 70 + 15 x 50 + 5 x 50 + 10 x 50, of 100, in tenths.
    assert (first.village, first.place, first.score) == ("a", 1, 567)
    assert [(p.points, p.fact) for p in second.points] == [
        (0, None),
        (0, None),
        (0, None),
        (0, 0),
        (100, 1),
        (100, 2000),
    ]
    assert second.score == 150


@pytest.mark.parametrize(
    ("cases", "least", "points"),
    [(0, 0, 100), (1, 1, 70), (4, 1, 70), (5, 5, 30), (19, 5, 30), (20, 20, 0)],
)
def test_cases_count_in_bands(cases: int, least: int, points: int) -> None:
    (row,) = rank([village("a", cases=cases)], WEIGHTS)
    assert Point(Criterion.ZONE, points, least) in row.points


def test_equals_stand_in_the_order_of_their_codes() -> None:
    found = rank([village("b"), village("a", people=1000)], WEIGHTS)
    assert [one.village for one in found] == ["a", "b"]


def test_a_kecamatan_without_people_ranks_all_the_same() -> None:
    assert rank([village("a", people=0)], WEIGHTS)[0].points[-1].points == 0
    assert rank([], WEIGHTS) == ()


def test_weights_that_cannot_be_used() -> None:
    assert not wrong_weights(WEIGHTS)
    assert wrong_weights(dict.fromkeys(Criterion, 0))
    assert wrong_weights({**WEIGHTS, Criterion.ZONE: 101})
    assert wrong_weights({Criterion.ZONE: 5})
