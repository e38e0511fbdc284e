"""Message services, and the choice between them."""

from functools import lru_cache

from django.utils.module_loading import import_string

from smartkampung.notify.ports import Port

# By path, as Django names its backends: apprise alone costs a web worker 50 MB, which
# only the worker that sends needs to pay.
SERVICES = {
    name: f"smartkampung.notify.adapters.{path}"
    for name, path in {
        "console": "console.from_settings",
        "smtp": "smtp.from_settings",
        "apprise": "apprise_service.from_settings",
        "fake": "fake.from_settings",
    }.items()
}


@lru_cache(maxsize=8)
def service(name: str) -> Port:
    """Return the service of this name: console, smtp, apprise or fake."""
    if name not in SERVICES:
        raise ValueError(f"SMARTKAMPUNG_MESSAGES={name}: use console, smtp or apprise")
    made: Port = import_string(SERVICES[name])()
    return made
