"""What programmes tell priorities: who takes part now, and who was helped lately."""

from datetime import date, timedelta

import pytest
from django.db import connection

from smartkampung.recovery.programmes.actions.answering import refuse
from smartkampung.recovery.programmes.actions.closing import (
    ask_to_close,
    decide_closing,
)
from smartkampung.recovery.programmes.actions.leaving import finish
from smartkampung.recovery.targeting.queries.known import live
from tests.recovering import (
    FIRST_DAY,
    MONDAY,
    STARTS,
    Running,
    accepted,
    running,
    there,
)

pytestmark = pytest.mark.django_db
NAMES = ["in_programme", "helped_lately"]


def told(made: Running, on: date = STARTS) -> dict[str, tuple[bool, bool]]:
    """Return the facts of everybody in the ranking, by name."""
    statement = live("affected", NAMES, on=on)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = {row[0]: (row[2], row[3]) for row in cursor.fetchall()}
    return {person.name: rows[person.affected.get().pk] for person in made.people}


def test_who_takes_part_is_told_from_who_does_not() -> None:
    found = told(accepted())
    assert found["Ayu"] == (True, True)
    assert found["Citra"] == (False, False)


def test_who_is_only_invited_or_refused_was_not_helped() -> None:
    made = running()
    refuse(seat=made.seat("Bagus"), reason="", by="public", at=MONDAY)
    found = told(made)
    assert found["Ayu"] == (True, False)
    assert found["Bagus"] == (False, False)


def test_help_is_forgotten_after_twelve_months() -> None:
    made = accepted()
    there(made, "Ayu")
    finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    assert told(made)["Ayu"] == (False, True)
    assert told(made, STARTS + timedelta(days=365))["Ayu"] == (False, True)
    assert told(made, STARTS + timedelta(days=370))["Ayu"] == (False, False)


def test_who_was_sent_home_is_free_and_had_begun() -> None:
    made = accepted()
    wish = ask_to_close(offer=made.offer, reason="Banjir", by="made", at=FIRST_DAY)
    decide_closing(wish=wish, granted=True, by="putu", at=FIRST_DAY)
    assert told(made)["Ayu"] == (False, True)


def test_an_invitation_of_tomorrow_is_not_known_today() -> None:
    assert told(running(), MONDAY.date() - timedelta(days=1))["Ayu"] == (False, False)
