"""Operators see whether identity checks are set up, and how the line is."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from smartkampung.cli.checks import identity as checks
from smartkampung.cli.checks import run_checks
from smartkampung.cli.checks.notes import Note
from smartkampung.cli.identity import app
from smartkampung.identity.models import Check, Line
from smartkampung.kernel.clock import day, now
from tests.population import wayan

pytestmark = pytest.mark.django_db
ABROAD = {
    "IDENTITY_URL": "https://registry.example",
    "IDENTITY_TOKEN": "t",
    "IDENTITY_PKS": "400/1",
    "IDENTITY_QUOTA": 100,
}


@pytest.fixture
def configured(settings: Settings) -> Settings:
    for name, value in ABROAD.items():
        setattr(settings, name, value)
    return settings


def said(check: Iterator[str]) -> str:
    return "\n".join(check)


def status(*options: str) -> str:
    answer = CliRunner().invoke(app, ["status", *options])
    assert answer.exit_code == 0
    return answer.output


def a_question(*, days_old: int = 0) -> None:
    Check.objects.create(
        person=wayan(), purpose="record", asked_at=now() - timedelta(days=days_old)
    )


def test_off_is_said_and_is_not_wrong() -> None:
    (result,) = [row for row in run_checks() if row.title == "Identity checks"]
    assert result.problems == []
    assert "Off: nobody is compared with Dukcapil." in result.notes[0]
    assert isinstance(result.notes[0], Note)


def test_a_service_set_up_by_the_book_is_well(configured: Settings) -> None:
    assert said(checks.service()) == ""


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("IDENTITY_URL", "http://registry.example", "https://"),
        ("IDENTITY_TOKEN", "", "_TOKEN is not set"),
        ("IDENTITY_PKS", "", "_PKS is not set"),
        ("IDENTITY_QUOTA", 0, "_QUOTA is below 1"),
    ],
)
def test_each_thing_that_is_missing_is_named(
    configured: Settings, setting: str, value: object, problem: str
) -> None:
    setattr(configured, setting, value)
    assert problem in said(checks.service())


def test_questions_that_wait_for_a_day_are_told(configured: Settings) -> None:
    a_question(days_old=2)
    assert "1 questions wait, the oldest for more than a day" in said(checks.service())


def test_status_of_a_deployment_without_a_service() -> None:
    assert "off: SMARTKAMPUNG_IDENTITY_URL is not set" in status()


def test_status_of_a_line_that_fails(configured: Settings) -> None:
    a_question()
    at = now()
    Line.objects.create(
        pk=1,
        failures=4,
        quiet_until=at + timedelta(minutes=5),
        trouble="http_503",
        troubled_at=at,
        quota_day=day(at),
        spent=40,
    )
    told = status()
    assert "open: the service fails, nothing goes out; quiet until" in told
    assert "60 of 100 left" in told
    assert "http_503" in told
    facts = json.loads(status("--json"))
    assert (facts["circuit"], facts["waiting"], facts["left"]) == ("open", 1, 60)
