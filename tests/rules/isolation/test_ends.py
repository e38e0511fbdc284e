"""Which classes a day knows, and when somebody may leave by its rules."""

from datetime import date

import pytest

from smartkampung.isolation.monitoring.rules.ends import (
    CASE_CLASSES,
    STAY_RULES,
    Known,
    Verdict,
    classes_on,
    leaves_on,
    verdicts,
)

CAME = date(2020, 7, 1)
HOME = date(2020, 7, 15)


def test_the_list_changes_on_13_july_2020_and_nothing_is_converted() -> None:
    before, after = classes_on(date(2020, 7, 12)), classes_on(date(2020, 7, 13))
    assert {"otg", "odp", "pdp", "odr", "positive"} == set(before)
    assert {"suspect", "probable", "confirmed", "close_contact"} < set(after)
    assert not set(before) & set(after)
    assert len({one.code for one in CASE_CLASSES}) == len(CASE_CLASSES)
    assert classes_on(date(2020, 2, 29)) == ()


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
            Known("close_contact", date(2021, 5, 1)),
            date(2021, 5, 11),
            date(2021, 5, 15),
            id="a contact before KMK 4641",
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
    assert leaves_on(known, on=on) == leaves


def test_every_rule_and_class_says_where_it_comes_from() -> None:
    assert all(one.legal_reference for one in CASE_CLASSES)
    assert all(one.legal_reference for one in STAY_RULES)


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
