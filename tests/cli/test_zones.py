"""An operator asks for the zones of any day; a wrong day ends in a sentence."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from typer import Typer
from typer.testing import CliRunner

from smartkampung.cli.zones import zones
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.actions.deciding import decide_day
from tests.cast import FAR_AWAY, NEXT_DOOR, RT_HERE
from tests.confirmed import DAY, case, houses, noon

pytestmark = pytest.mark.django_db
app = Typer()
app.command()(zones)


def run(*words: str) -> tuple[int, str]:
    """Run the command and return the exit code and all it said."""
    result = CliRunner().invoke(app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    act_as(Kind.JOB)
    return result.exit_code, " ".join(result.output.split())


def told(*words: str) -> Any:
    code, said = run("--json", *words)
    assert code == 0
    return json.loads(said)


def test_a_day_is_told_as_it_was_decided() -> None:
    houses(3)
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    houses_later = noon(DAY + timedelta(days=2))
    for number in range(9):
        case(name=f"Susulan {number}", address=f"Melati {number}", at=houses_later)
    day = ("--date", DAY.isoformat())
    assert told(*day) == {
        "date": "2021-04-05",
        "how": "decided",
        "guidance": "Inmendagri 3/2021",
        "decidable": True,
        "rts": {"green": 0, "yellow": 1, "orange": 0, "red": 0, "unknown": 1},
        "places": [
            {"code": RT_HERE, "houses": 3, "colour": "yellow"},
            {"code": NEXT_DOOR, "houses": 0, "colour": None},
            {"code": FAR_AWAY, "houses": 0, "colour": None},
        ],
    }
    assert told(*day, "--known", "today")["places"][0]["houses"] == 12
    assert told(*day, "--known", "2021-04-06")["places"][0]["houses"] == 3
    code, said = run(*day)
    assert (code, "Sumberwangi" in said) == (0, True)


def test_before_guidance_it_says_that_nothing_can_be_decided() -> None:
    houses(1)
    assert told("--date", "2021-02-08")["decidable"] is False
    assert "nothing can be decided" in run("--date", "2021-02-08")[1]


def test_a_wrong_day_ends_in_a_sentence_of_both_languages() -> None:
    code, said = run("--date", "6 April")
    assert code == 2
    assert "is no day such as 2021-04-06" in said
    assert "bukan tanggal seperti" in said


def test_a_decision_that_was_tampered_with_is_not_told() -> None:
    houses(3)
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_zonerow DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_zonerow SET houses = 1")
        cursor.execute("ALTER TABLE cases_zonerow ENABLE TRIGGER USER")
    assert run("--date", DAY.isoformat())[0] == 1
