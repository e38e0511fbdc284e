"""SMS, WhatsApp and some hundred other services through apprise."""

from dataclasses import dataclass
from urllib.parse import quote

import apprise
from django.conf import settings

from smartkampung.notify.ports import Unavailable, Undeliverable


@dataclass(frozen=True)
class AppriseService:
    """Sends through one apprise address, in which ``{to}`` stands for the person."""

    template: str

    def deliver(self, *, to: str, text: str, key: str) -> None:
        """Send one message. Apprise does not say why it failed, so it is tried again."""
        service = apprise.Apprise()
        if not service.add(self.template.replace("{to}", quote(to, safe=""))):
            raise Undeliverable("apprise does not take this address")
        if not service.notify(body=text, body_format=apprise.NotifyFormat.TEXT):
            raise Unavailable("apprise")


def from_settings() -> AppriseService:
    """Return the service that the operator's apprise address names."""
    return AppriseService(settings.MESSAGES_APPRISE_URL)
