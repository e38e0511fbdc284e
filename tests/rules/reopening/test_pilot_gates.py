"""A gate opens only for what is known and good; what is missing is never good."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.rules.gates import (
    Need,
    Seen,
    Worse,
    better_on,
    calm,
    is_bad,
    is_open,
    judge,
    read_gates,
    worsened,
)

FIRST = date(2020, 7, 1)
BELOW_60 = Need(Indicator.BED_OCCUPANCY, "regency", 3, below=Decimal(60))
LEAST_80 = Need(Indicator.COMPLIANCE, "village", 1, least=Decimal(80))
RULE = Worse(Indicator.CASES_WEEKLY, "village", 3, Decimal(100), Decimal(50))


def days(*values: str | None) -> list[Seen]:
    return [
        Seen(FIRST + timedelta(days=at), Decimal(v) if v else None, "" if v else "gone")
        for at, v in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("need", "values", "verdict"),
    [
        (BELOW_60, ["59.9", "59", "1"], "met"),
        (BELOW_60, ["59", "60", "59"], "not_met"),
        (BELOW_60, ["59", None, "59"], "cannot_decide"),
        (BELOW_60, ["61", None, "59"], "not_met"),
        (BELOW_60, ["59", "59"], "cannot_decide"),
        (BELOW_60, [], "cannot_decide"),
        (LEAST_80, ["80"], "met"),
        (LEAST_80, ["79.9"], "not_met"),
        (Need(Indicator.TESTS, "regency", 1), ["5"], "cannot_decide"),
    ],
)
def test_a_need_is_judged_by_every_day(
    need: Need, values: list[str | None], verdict: str
) -> None:
    assert judge(need, days(*values)).verdict == verdict


def test_the_first_gap_is_named() -> None:
    assert judge(BELOW_60, days("1", "1", "1")).missing is None
    gap = judge(BELOW_60, days("1", None, None)).missing
    assert gap is not None
    assert (gap.on, gap.missing) == (FIRST + timedelta(days=1), "gone")


def test_a_gate_opens_when_every_need_is_met_and_there_is_one() -> None:
    met = judge(LEAST_80, days("90"))
    gap, bad = judge(LEAST_80, days(None)), judge(LEAST_80, days("10"))
    assert is_open([met, met])
    assert not any(map(is_open, ([], [met, gap], [met, bad])))
    assert is_bad([met, bad])
    assert not is_bad([met, gap])


@pytest.mark.parametrize(
    ("values", "worse"),
    [
        (["100", "101", "250"], True),
        (["1", "100", "101", "250"], True),
        (["100", "99.9", "250"], False),
        (["100", None, "250"], False),
        (["100", "100"], False),
    ],
)
def test_worse_is_so_many_known_days_in_a_row(
    values: list[str | None], worse: bool
) -> None:
    assert worsened(RULE, days(*values)) is worse


def test_calm_begins_below_the_lower_limit_and_after_the_proposal() -> None:
    seen = days("40", "50", None, "49")
    assert better_on(RULE, seen, after=FIRST) == FIRST + timedelta(days=3)
    assert better_on(RULE, seen[:3], after=FIRST) is None
    assert [calm(RULE, one) for one in (seen[0], seen[1], seen[2], None)] == [
        True,
        False,
        None,
        None,
    ]


def test_a_body_is_read() -> None:
    need = {"indicator": "tests", "of": "regency", "days": 1, "least": "3500"}
    gate = {"to": "recovery", "needs": [need], "signs": ["babinsa"]}
    found = read_gates({"gates": [gate]})
    first = found.to("recovery")
    assert first is not None
    assert first.needs[0] == Need(Indicator.TESTS, "regency", 1, least=Decimal("3500"))
    assert (found.to("new_normal"), found.worse, found.decide_hours) == (None, (), 24)
