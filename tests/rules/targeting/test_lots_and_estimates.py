"""Lots that anybody can draw again, and intervals that are worked by hand."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.targeting.rules.estimates import estimate
from smartkampung.recovery.targeting.rules.lots import drawn, lot, pads


def test_a_lot_is_the_hmac_that_openssl_prints() -> None:
    # printf 17 | openssl dgst -sha256 -hmac "dadu 4 2 6"
    told = hmac.new(b"dadu 4 2 6", b"17", sha256).hexdigest()
    assert lot("dadu 4 2 6", "17") == told


@given(seed=st.text(max_size=90), number=st.text(max_size=12))
def test_two_blocks_give_the_same_by_plain_hashes(seed: str, number: str) -> None:
    inner, outer = pads(seed)
    once = sha256(inner + number.encode()).digest()
    assert sha256(outer + once).hexdigest() == lot(seed, number)


def test_only_equals_are_drawn() -> None:
    rows = [(2, "9"), (1, "5"), (1, "7"), (1, "6")]
    found = drawn("dadu 4 2 6", rows)
    assert [tier for tier, _number in found] == [1, 1, 1, 2]
    assert found == drawn("dadu 4 2 6", reversed(rows))
    assert {tuple(drawn(f"seed {at}", rows)) for at in range(40)} != {tuple(found)}


@pytest.mark.parametrize("sample", [0, 29])
def test_too_few_checks_estimate_nothing(sample: int) -> None:
    assert estimate(0, sample) is None


@pytest.mark.parametrize(
    ("errors", "sample", "low", "high"),
    [
        # Worked by the formula of Wilson (1927) with z = 1.96.
        (10, 100, 5.52, 17.44),
        (0, 30, 0.0, 11.35),
        (30, 30, 88.65, 100.0),
        (15, 30, 33.15, 66.85),
    ],
)
def test_the_interval_is_wilsons(
    errors: int, sample: int, low: float, high: float
) -> None:
    found = estimate(errors, sample)
    assert found is not None
    assert found.share == pytest.approx(100 * errors / sample)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.01)
