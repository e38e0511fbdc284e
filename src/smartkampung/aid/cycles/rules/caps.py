"""How much of its Dana Desa a village may give away in cash."""

from dataclasses import dataclass

SMALL, LARGE = 800_000_000, 1_200_000_000
LAW = "Permendesa PDTT 6/2020; PMK 40/PMK.07/2020"


@dataclass(frozen=True)
class Cap:
    """The limit of one village: a part of its fund, in whole rupiah."""

    fund: int
    percent: int
    limit: int


def cap_of(fund: int) -> Cap:
    """Return the cap: 25 % below Rp800 m, 30 % up to Rp1.2 bn, 35 % above."""
    percent = 25 if fund < SMALL else 30 if fund <= LARGE else 35
    return Cap(fund, percent, fund * percent // 100)
