"""What every test may lean on."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from pytest_django import DjangoDbBlocker

from smartkampung.kernel.sealed import write_new_keys
from tests.database import HOME, TEMPLATE

if not (HOME / "keys.json").exists():
    write_new_keys(HOME / "keys.json")

# Static files come from the source tree: no collectstatic before a test.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.WHITENOISE_USE_FINDERS = True
settings.WHITENOISE_AUTOREFRESH = True
# Test databases are copies of the one that the plugin migrated.
connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Start each test without names and maps of the regions of another test."""
    caches["local"].clear()


@pytest.fixture(scope="session")
def _strangers_leave(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Send away connections that threads and killed workers of tests left open."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
            " current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _no_jobs_of_others(request: pytest.FixtureRequest) -> None:
    """Start each test with an empty queue: the flush of Django leaves jobs alone."""
    mark = request.node.get_closest_marker("django_db")
    if mark is None:
        return
    request.getfixturevalue("_strangers_leave")
    request.getfixturevalue(
        "transactional_db" if mark.kwargs.get("transaction") else "db"
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
