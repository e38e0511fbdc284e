"""Cheap weighted draws, because a regency needs tens of millions of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Random = Callable[[], float]
CARDS = 1_000


class Deck(Generic[Item]):
    """Items in proportion to their weights; a draw is one random number."""

    def __init__(self, weights: Mapping[Item, float]) -> None:
        counts = shares(CARDS, list(weights.values()))
        pairs = zip(weights, counts, strict=True)
        self.cards = [item for item, count in pairs for _ in range(count)]

    def draw(self, random: Random) -> Item:
        """Return one item."""
        return self.cards[int(random() * CARDS)]


def pick(items: Sequence[Item], random: Random) -> Item:
    """Return one of equally likely items."""
    return items[int(random() * len(items))]


def shares(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Split a whole number in proportion (largest remainders); nobody below ``least``.

    The parts sum to ``total``.
    """
    rest = total - least * len(weights)
    whole = sum(weights)
    exact = [rest * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: rest - sum(parts)]:
        parts[i] += 1
    return [part + least for part in parts]
