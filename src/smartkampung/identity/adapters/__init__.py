"""Civil-registry services. There is one so far; ``service`` knows how to reach it."""

from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.identity.ports import Port

# By path: urllib3 is loaded by the worker that asks, not by every web process.
HTTP = "smartkampung.identity.adapters.http.from_settings"


def configured() -> bool:
    """Say whether the operator named a service."""
    return bool(settings.IDENTITY_URL)


def service() -> Port:
    """Return the service that the operator named."""
    made: Port = import_string(HTTP)()
    return made
