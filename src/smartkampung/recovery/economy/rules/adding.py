"""Totals of the revenue tree against the sum of their parts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from smartkampung.recovery.economy.rules.kinds import PARENTS, below, parts_of


@dataclass(frozen=True)
class Sum:
    """One type in one month: what was told of it, and what its parts add up to.

    ``missing`` names the parts without which they add up to nothing.
    """

    told: Decimal | None
    added: Decimal | None
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """Return what stands: what was told, else the sum. Neither replaces the other."""
        return self.added if self.told is None else self.told

    @property
    def difference(self) -> Decimal | None:
        """Return told less added, where both are known and differ."""
        if self.told is None or self.added is None or self.told == self.added:
            return None
        return self.told - self.added


def sums(told: Mapping[str, Decimal], *, expected: Collection[str]) -> dict[str, Sum]:
    """Return every type of a month.

    ``expected`` are the leaves that this regency has figures of at any time: without
    one of them a sum is not known.
    """
    found: dict[str, Sum] = {}
    for code in reversed(list(PARENTS)):  # parts stand below their sum
        found[code] = _sum(code, told, expected, found)
    return {code: found[code] for code in PARENTS}


def _sum(
    code: str,
    told: Mapping[str, Decimal],
    expected: Collection[str],
    found: Mapping[str, Sum],
) -> Sum:
    wanted = [
        part
        for part in parts_of(code)
        if part in told or any(leaf in expected for leaf in below(part))
    ]
    if not wanted:
        return Sum(told.get(code), None)
    values = {part: found[part].value for part in wanted}
    missing = tuple(part for part, value in values.items() if value is None)
    known = [value for value in values.values() if value is not None]
    added = None if missing else sum(known, Decimal(0))
    return Sum(told.get(code), added, missing)
