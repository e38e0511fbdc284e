"""Message services, and the choice between them."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
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
        "whatsapp": "apprise_service.whatsapp",
        "sms": "apprise_service.sms",
        "email": "smtp.email_only",
        "fake": "fake.from_settings",
        "fake_next": "fake.next_from_settings",
    }.items()
}


def ways(*, without: Iterable[str] = ()) -> list[str]:
    """Return the names of the channels in the order in which they are tried.

    Most deployments name one service; ``whatsapp,sms,email`` names three.
    """
    left = set(without)
    named = (name.strip() for name in settings.MESSAGES.split(","))
    return [name for name in named if name and name not in left]


@lru_cache(maxsize=8)
def service(name: str) -> Port:
    """Return the service of this name: console, smtp, apprise, sms ..."""
    if name not in SERVICES:
        raise ValueError(
            f"SMARTKAMPUNG_MESSAGES={name}: use console, smtp or apprise, or channels"
            " in order: whatsapp,sms,email"
        )
    made: Port = import_string(SERVICES[name])()
    return made
