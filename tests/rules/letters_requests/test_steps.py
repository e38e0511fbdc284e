"""The way of a request: in order, and never by one pair of eyes alone."""

from datetime import UTC, date, datetime, timedelta

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
    after,
    bars_to,
    begins,
    is_silent,
)

ALL = tuple(Step)
SHORT = (Step.CHECK, Step.SIGN)


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


@pytest.mark.parametrize(
    ("step", "who", "read", "bars"),
    [
        pytest.param(Step.SIGN, "darmo", True, [], id="the head who read it"),
        pytest.param(Step.SIGN, "darmo", False, [Bar.NOT_READ], id="unread"),
        pytest.param(Step.SIGN, "sari", True, [Bar.CHECKED_IT], id="the checker"),
        pytest.param(Step.SIGN, "gusti", True, [Bar.REVIEWED_IT], id="the reviewer"),
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
    standing = Standing(State.SIGN, checked_by="sari", reviewed_by="gusti")
    assert bars_to(step, standing, who=who, read=read) == bars


@pytest.mark.parametrize(
    ("who", "bars"),
    [
        pytest.param("sari", [Bar.CHECKED_IT], id="the checker"),
        pytest.param("gusti", [Bar.REVIEWED_IT], id="the reviewer"),
        pytest.param("endang", [Bar.SIGNED_IT], id="who signed for the village"),
        pytest.param("indra", [], id="somebody else"),
    ],
)
def test_the_kecamatan_signs_what_others_dealt_with(who: str, bars: list[Bar]) -> None:
    standing = Standing(
        State.COSIGN, checked_by="sari", reviewed_by="gusti", signed_by="endang"
    )
    assert bars_to(Step.COSIGN, standing, who=who) == bars


def test_by_whom_the_words_came_does_not_check_them() -> None:
    standing = Standing(State.CHECK, hands=("sari", "tini"))
    assert bars_to(Step.CHECK, standing, who="sari") == [Bar.WROTE_IT]
    assert bars_to(Step.CHECK, standing, who="gusti") == []


def test_by_whom_the_words_came_gives_them_no_second_look() -> None:
    standing = Standing(State.REVIEW, hands=("sari",), checked_by="gusti")
    assert bars_to(Step.REVIEW, standing, who="sari") == [Bar.WROTE_IT]
    assert bars_to(Step.REVIEW, standing, who="indra") == []


@pytest.mark.parametrize("step", [step for step in ALL if step is not Step.CONFIRM])
def test_nobody_of_the_office_deals_with_the_own_family(step: Step) -> None:
    standing = Standing(State(step))
    assert bars_to(step, standing, who="sari", own=True) == [Bar.OWN_FAMILY]
    assert not bars_to(Step.CONFIRM, Standing(State.CONFIRM), who="tini", own=True)


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


@pytest.mark.parametrize(
    ("state", "due", "answer_by", "silent"),
    [
        pytest.param(State.CONFIRM, 30, None, False, id="the last minute is the RT's"),
        pytest.param(State.CONFIRM, 29, None, True, id="its time is over"),
        pytest.param(State.CONFIRM, 15, 30, False, id="it was asked anew"),
        pytest.param(State.CONFIRM, 15, 29, True, id="that time is over, too"),
        pytest.param(State.CHECK, 29, None, False, id="it has said so"),
    ],
)
def test_after_its_time_an_rt_is_silent(
    state: State, due: int, answer_by: int | None, silent: bool
) -> None:
    nine = datetime(2026, 11, 24, 9, tzinfo=UTC)
    until = answer_by and nine + timedelta(minutes=answer_by)
    due_at, at = nine + timedelta(minutes=due), nine + timedelta(minutes=30)
    assert is_silent(state, due_at=due_at, answer_by=until or None, at=at) is silent
