"""Draws keep their proportions, and parts always sum to the whole."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from smartkampung.demo.draw import CARDS, Deck, pick, shares


@given(
    total=some.integers(0, 100_000),
    weights=some.lists(some.floats(0.01, 1_000), min_size=1, max_size=40),
)
def test_parts_sum_to_the_whole_and_follow_their_weights(
    total: int, weights: list[float]
) -> None:
    parts = shares(total, weights)

    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1.001
        for part, weight in zip(parts, weights, strict=True)
    )


def test_nobody_gets_less_than_the_least() -> None:
    assert shares(10, [1, 1, 98], least=2) == [2, 2, 6]


def test_a_deck_holds_cards_in_proportion() -> None:
    deck = Deck({"often": 90, "rarely": 9.5, "seldom": 0.5})

    assert len(deck.cards) == CARDS
    assert [deck.cards.count(item) for item in ("often", "rarely", "seldom")] == [
        900,
        95,
        5,
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_chance_draws_the_same(seed: int) -> None:
    deck = Deck(dict.fromkeys("abcdefghij", 1))
    draws = [
        [deck.draw(chance) + pick("xyz", chance) for _ in range(50)]
        for chance in (random.Random(seed).random, random.Random(seed).random)
    ]
    assert draws[0] == draws[1]
