"""What every test may lean on."""

import os
from collections.abc import Generator, Iterator
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as properties

from smartkampung.accounts.hashers import Argon2
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import write_new_keys
from smartkampung.worklist.models import WorkItem
from tests.database import HOME, TEMPLATE
from tests.emptying import empty_what_was_filled, remember_nothing

if not (HOME / "keys.json").exists():
    write_new_keys(HOME / "keys.json")

# Static files come from the source tree: no collectstatic before a test.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.WHITENOISE_USE_FINDERS = True
settings.WHITENOISE_AUTOREFRESH = True
# Passwords here protect nobody; test_hashers.py shows what it costs.
Argon2.time_cost, Argon2.memory_cost = 1, 64
# A busy machine proves nothing wrong: no property is judged by the clock, and what
# fixtures set up once is the same for all examples.
properties.register_profile(
    "here",
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
properties.load_profile("here")
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
# Test databases are copies of the one that the plugin migrated.
connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


# Longer than any other: whoever began one of them last would keep the other waiting.
BEGIN_WITH = ("test_first_line.py", "test_every_page.py", "test_matrix.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, then with slow files: two workers then end together.

    Workers run one test of each id, so there may not be two.
    """
    if len({item.nodeid for item in items}) < len(items):
        raise pytest.UsageError("two tests have one id, and only one of them would run")
    slow = {
        item.path
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("journey")
    }
    items.sort(key=lambda item: (_place(item.path.name), item.path not in slow))


def _place(name: str) -> int:
    return BEGIN_WITH.index(name) if name in BEGIN_WITH else len(BEGIN_WITH)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Ask a test that says to close work of some kinds whether it did."""
    result = yield
    for kind in (kind for mark in item.iter_markers("closes") for kind in mark.args):
        start, family, _end = kind.partition("*")
        done = WorkItem.objects.exclude(closed_at=None)
        done = done.filter(**{"kind__startswith" if family else "kind": start})
        assert done.exclude(closed_by="").exists(), f"nobody closed {kind}"
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Fail a test that was skipped in CI: what could not run proves nothing."""
    report = yield
    if os.environ.get("SMARTKAMPUNG_CI"):
        fail_if_skipped(report)
    return report


def fail_if_skipped(report: pytest.TestReport) -> None:
    """Turn a report of a skipped test into one of a failed test."""
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped in CI, and this was: {report.longrepr}"


@pytest.fixture(autouse=True, scope="session")
def _only_filled_tables_are_emptied() -> Iterator[None]:
    """Spend no time after a test on tables that it left alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_what_was_filled)
        yield


@pytest.fixture
def one_morning() -> Iterator[time_machine.Traveller]:
    """Let a test happen on one morning: no midnight and no new year falls into it."""
    with time_machine.travel(MORNING, tick=True) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Start each test without names and maps of the regions of another test."""
    remember_nothing()


@pytest.fixture(autouse=True)
def _no_jobs_of_others(request: pytest.FixtureRequest) -> None:
    """Start each test with an empty queue: the flush of Django leaves jobs alone."""
    mark = request.node.get_closest_marker("django_db")
    if mark is None:
        return
    request.getfixturevalue(
        "transactional_db" if mark.kwargs.get("transaction") else "db"
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
