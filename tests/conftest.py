"""What every test may lean on."""

from django.conf import settings

from smartkampung.kernel.sealed import write_new_keys
from tests.database import HOME

if not (HOME / "keys.json").exists():
    write_new_keys(HOME / "keys.json")

# Static files come from the source tree: no collectstatic before a test.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.WHITENOISE_USE_FINDERS = True
settings.WHITENOISE_AUTOREFRESH = True
