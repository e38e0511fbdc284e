"""Days, moments, money and numbers read as people here write them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from smartkampung.kernel import wording

NOON = datetime(2020, 5, 28, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("id", "Kamis, 28 Mei 2020, 14.00 WIB"),
        ("en", "Thursday, 28 May 2020, 14:00 WIB"),
    ],
)
def test_a_moment_is_local_and_names_its_day(language: str, shown: str) -> None:
    with override(language):
        assert wording.moment(NOON) == shown


def test_a_day_near_midnight_is_the_local_one() -> None:
    with override("id"):
        late = datetime(2020, 5, 27, 17, 30, tzinfo=UTC)
        assert wording.short_day(late) == "28 Mei 2020"
        assert wording.short_day(date(2020, 5, 28)) == "28 Mei 2020"


@pytest.mark.parametrize(
    ("language", "amount", "shown"),
    [
        ("id", 600_000, "Rp600.000"),
        ("id", -50_000, "-Rp50.000"),
        ("id", 0, "Rp0"),
        ("en", 600_000, "Rp600,000"),
    ],
)
def test_money(language: str, amount: int, shown: str) -> None:
    with override(language):
        assert wording.rupiah(amount) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(98.4321, "98,4%"), (100, "100%"), (0.04, "0%"), (-0.04, "0%")]
)
def test_a_percentage_has_one_decimal_at_most(value: float, shown: str) -> None:
    with override("id"):
        assert wording.percent(value) == shown


def test_filters_leave_what_is_empty_empty_and_show_zero() -> None:
    template = Template(
        "{% load look %}[{{ none|day }}][{{ blank|rupiah }}][{{ zero|whole }}]"
    )
    with override("id"):
        shown = template.render(Context({"none": None, "blank": "", "zero": 0}))
    assert shown == "[][][0]"
