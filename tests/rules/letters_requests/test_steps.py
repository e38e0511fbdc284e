"""The way of a request: in order, and never by one pair of eyes alone."""

from datetime import date

import pytest

from smartkampung.letters.requests.rules.mandates import (
    Given,
    Manner,
    covering,
    title_of,
)
from smartkampung.letters.requests.rules.steps import (
    ENDED,
    MOVES,
    OPEN,
    Bar,
    Standing,
    State,
    Step,
    StepFault,
    after,
    bars_to,
    begins,
    completed,
    step_faults,
)

ALL = tuple(Step)
SHORT = (Step.CHECK, Step.SIGN)


@pytest.mark.parametrize(
    ("steps", "faults"),
    [
        pytest.param(ALL, [], id="all"),
        pytest.param(SHORT, [], id="the shortest"),
        pytest.param(("sign", "check"), [StepFault.OUT_OF_ORDER], id="turned"),
        pytest.param(("check", "check", "sign"), [StepFault.OUT_OF_ORDER], id="twice"),
        pytest.param(("confirm", "sign"), [StepFault.MISSING], id="unchecked"),
        pytest.param(("check", "bless"), [StepFault.UNKNOWN], id="unknown"),
    ],
)
def test_steps_that_can_be(steps: tuple[str, ...], faults: list[StepFault]) -> None:
    assert step_faults(steps) == faults


def test_a_request_goes_on_step_by_step() -> None:
    assert begins(ALL, confirmed=False) is State.CONFIRM
    assert begins(ALL, confirmed=True) is State.CHECK
    assert begins(SHORT, confirmed=False) is State.CHECK
    way = [after(ALL, step) for step in ALL]
    assert way == [
        State.CHECK,
        State.REVIEW,
        State.SIGN,
        State.COSIGN,
        State.ISSUED,
    ]
    assert after(SHORT, Step.CHECK) is State.SIGN


def test_what_is_completed_is_checked_again() -> None:
    assert completed("confirm", ALL) is State.CONFIRM
    assert completed("confirm", SHORT) is State.CHECK
    assert completed("sign", ALL) is State.CHECK


@pytest.mark.parametrize(
    ("step", "who", "read", "bars"),
    [
        pytest.param(Step.SIGN, "darmo", True, [], id="the head who read it"),
        pytest.param(Step.SIGN, "darmo", False, [Bar.NOT_READ], id="unread"),
        pytest.param(Step.SIGN, "sari", True, [Bar.CHECKED_IT], id="the checker"),
        pytest.param(
            Step.REVIEW,
            "sari",
            True,
            [Bar.NOT_AT_THIS_STEP, Bar.CHECKED_IT],
            id="the checker at another step",
        ),
        pytest.param(
            Step.COSIGN, "endang", True, [Bar.NOT_AT_THIS_STEP], id="too early"
        ),
    ],
)
def test_every_reason_at_once(
    step: Step, who: str, read: bool, bars: list[Bar]
) -> None:
    standing = Standing(State.SIGN, ALL, checked_by="sari", reviewed_by="tini")
    assert bars_to(step, standing, who=who, read=read) == bars


def test_who_signed_for_the_village_does_not_sign_for_the_kecamatan() -> None:
    standing = Standing(State.COSIGN, ALL, checked_by="sari", signed_by="endang")
    assert bars_to(Step.COSIGN, standing, who="endang") == [Bar.SIGNED_IT]
    assert bars_to(Step.COSIGN, standing, who="indra") == []


def test_nothing_leaves_its_end() -> None:
    assert set(MOVES) == set(State)
    assert not any(MOVES[state] for state in ENDED)
    assert set(State) == OPEN | ENDED


MAY = Given(1, ("sktm",), date(2026, 5, 1), date(2026, 6, 1))
JUNE = Given(2, (), date(2026, 6, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("kind", "on", "found"),
    [
        pytest.param("sktm", date(2026, 5, 31), MAY, id="the last day"),
        pytest.param("domicile", date(2026, 5, 31), None, id="another kind"),
        pytest.param("domicile", date(2026, 6, 1), JUNE, id="all kinds"),
        pytest.param("sktm", date(2026, 7, 1), None, id="a day late"),
        pytest.param("sktm", date(2026, 4, 30), None, id="a day early"),
    ],
)
def test_a_mandate_covers_kinds_and_days(
    kind: str, on: date, found: Given | None
) -> None:
    assert covering([MAY, JUNE], kind=kind, on=on) == found


def test_the_paper_says_in_whose_place() -> None:
    assert title_of("Kepala Desa", "") == "Kepala Desa"
    assert title_of("Kepala Desa", Manner.ON_BEHALF) == "a.n. Kepala Desa"
    assert title_of("Lurah", Manner.ACTING) == "Plh. Lurah"
