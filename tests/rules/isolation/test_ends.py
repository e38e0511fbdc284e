"""Which classes a day knows, and when somebody may leave by its rules."""

from datetime import date

import pytest

from smartkampung.isolation.monitoring.rules.ends import (
    Group,
    Known,
    Release,
    Verdict,
    leaves_on,
    verdicts,
)

CAME = date(2020, 7, 1)
HOME = date(2020, 7, 15)


RULE = Release(contact_days=5, onset_days=10, specimen_days=10, symptom_free_days=3)
LONG = Release(contact_days=20, onset_days=10, specimen_days=10, symptom_free_days=3)
GROUPS = {
    "traveller": Group.OTHER,
    "close_contact": Group.CONTACT,
    "suspect": Group.ILL,
    "odp": Group.ILL,
    "confirmed": Group.PROVEN,
}


@pytest.mark.parametrize(
    ("known", "on", "leaves"),
    [
        pytest.param(
            Known("traveller", CAME), date(2020, 7, 14), HOME, id="came home, is well"
        ),
        pytest.param(
            Known("confirmed", CAME, specimen_on=date(2020, 7, 10)),
            date(2020, 7, 14),
            date(2020, 7, 20),
            id="without symptoms: ten days from the specimen",
        ),
        pytest.param(
            Known("confirmed", CAME, specimen_on=date(2020, 7, 2)),
            date(2020, 7, 14),
            HOME,
            id="never less than the local fourteen days",
        ),
        pytest.param(
            Known(
                "confirmed",
                CAME,
                onset_on=date(2020, 7, 10),
                symptom_free_since=date(2020, 7, 13),
            ),
            date(2020, 7, 14),
            date(2020, 7, 23),
            id="with symptoms: ten days from onset and three without any",
        ),
        pytest.param(
            Known(
                "confirmed",
                CAME,
                onset_on=date(2020, 7, 10),
                symptom_free_since=date(2020, 7, 25),
            ),
            date(2020, 7, 25),
            date(2020, 7, 28),
            id="long symptoms: three days without any count from their end",
        ),
        pytest.param(
            Known("suspect", CAME, onset_on=date(2020, 7, 14)),
            date(2020, 7, 30),
            date(2020, 8, 3),
            id="still ill: three days from tomorrow, over the end of the month",
        ),
        pytest.param(
            Known("confirmed", CAME), date(2020, 7, 14), None, id="no date, no answer"
        ),
        pytest.param(
            Known("suspect", CAME), date(2020, 7, 14), None, id="suspect, no onset"
        ),
        pytest.param(
            Known("close_contact", date(2021, 6, 1)),
            date(2021, 6, 2),
            date(2021, 6, 15),
            id="a contact who came home stays the fourteen days all the same",
        ),
        pytest.param(
            Known("odp", date(2020, 6, 1), onset_on=date(2020, 6, 20)),
            date(2020, 6, 25),
            date(2020, 7, 3),
            id="an old class by the old list",
        ),
    ],
)
def test_when_somebody_may_leave(known: Known, on: date, leaves: date | None) -> None:
    found = leaves_on(known, group=GROUPS[known.code], release=RULE, on=on)
    assert found == leaves


def test_a_contact_stays_longer_where_the_rule_says_so() -> None:
    known = Known("close_contact", CAME)
    found = leaves_on(known, group=Group.CONTACT, release=LONG, on=CAME)
    assert found == date(2020, 7, 21)


@pytest.mark.parametrize(
    ("state", "last", "found"),
    [
        ("present", False, (Verdict.EXTEND, Verdict.HOSPITAL, Verdict.LOST)),
        (
            "present",
            True,
            (Verdict.RELEASE, Verdict.EXTEND, Verdict.HOSPITAL, Verdict.LOST),
        ),
        ("hospital", False, (Verdict.RETURN, Verdict.RELEASE)),
        ("released", True, ()),
        ("expected", True, ()),
    ],
)
def test_what_may_be_decided(
    state: str, last: bool, found: tuple[Verdict, ...]
) -> None:
    assert verdicts(state, last_day_reached=last) == found
