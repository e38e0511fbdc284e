"""What can have happened to whom, and when."""

from datetime import date
from typing import Any

import pytest

from smartkampung.residents.life.words import BARS, KINDS
from smartkampung.residents.rules.life import (
    Bar,
    Kind,
    Standing,
    bars_to_be_born,
    bars_to_happen,
)

TODAY, BORN = date(2026, 11, 24), date(1985, 4, 12)


@pytest.mark.parametrize(
    ("kind", "status", "bars"),
    [
        (Kind.DEATH, "living", []),
        (Kind.DEATH, "missing", []),
        (Kind.DEATH, "dead", [Bar.DIED]),
        (Kind.DEATH, "moved", [Bar.MOVED_AWAY]),
        (Kind.MOVE, "living", []),
        (Kind.MOVE, "missing", [Bar.IS_MISSING]),
        (Kind.FOUND, "missing", []),
        (Kind.FOUND, "living", [Bar.IS_HERE]),
        (Kind.RETURN, "moved", []),
        (Kind.RETURN, "dead", [Bar.DIED]),
        (Kind.MARRIAGE, "moved", [Bar.MOVED_AWAY]),
        (Kind.DEATH, "merged", [Bar.IS_MERGED]),
    ],
)
def test_from_which_status(kind: Kind, status: str, bars: list[Bar]) -> None:
    assert bars_to_happen(kind, [Standing(status, BORN)], on=TODAY, today=TODAY) == bars


@pytest.mark.parametrize(
    ("on", "last", "bars"),
    [
        pytest.param(TODAY, None, [], id="today"),
        pytest.param(BORN, None, [], id="on the day of birth"),
        pytest.param(date(2026, 11, 25), None, [Bar.IN_FUTURE], id="tomorrow"),
        pytest.param(date(1985, 4, 11), None, [Bar.BEFORE_BIRTH], id="before birth"),
        pytest.param(TODAY, TODAY, [], id="twice on one day"),
        pytest.param(
            date(2026, 1, 1), TODAY, [Bar.BEFORE_LAST_EVENT], id="before the last"
        ),
    ],
)
def test_on_which_day(on: date, last: date | None, bars: list[Bar]) -> None:
    someone = Standing("living", BORN, last)
    assert bars_to_happen(Kind.MARRIAGE, [someone], on=on, today=TODAY) == bars


def test_an_unknown_birth_date_bars_nothing() -> None:
    someone = Standing("living", None)
    on = date(1900, 1, 1)
    assert bars_to_happen(Kind.DEATH, [someone], on=on, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "bars"),
    [
        ({}, []),
        ({"born_on": date(2026, 12, 1)}, [Bar.IN_FUTURE]),
        ({"anybody_lives_there": False}, [Bar.NOBODY_LIVES_THERE]),
        ({"known_already": True}, [Bar.ALREADY_RECORDED]),
        ({"mother_sex": "L"}, [Bar.MOTHER_NOT_A_WOMAN]),
        ({"mother_born_on": date(2016, 1, 1)}, [Bar.MOTHER_TOO_YOUNG]),
        ({"mother_born_on": None, "mother_sex": ""}, []),
    ],
)
def test_bars_to_be_born(change: dict[str, Any], bars: list[Bar]) -> None:
    asked: dict[str, Any] = {
        "born_on": date(2026, 11, 20),
        "today": TODAY,
        "anybody_lives_there": True,
        "known_already": False,
        "mother_born_on": date(1990, 1, 1),
        "mother_sex": "P",
    }
    assert bars_to_be_born(**{**asked, **change}) == bars


def test_every_code_has_words() -> None:
    assert set(BARS) == set(Bar)
    assert set(KINDS) == set(Kind)
