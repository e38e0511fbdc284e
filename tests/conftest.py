"""What every test may lean on."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection

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
