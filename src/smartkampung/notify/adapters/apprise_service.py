"""SMS, WhatsApp and some hundred other services through apprise."""

from dataclasses import dataclass
from urllib.parse import quote

import apprise
from django.conf import settings

from smartkampung.notify.ports import Unavailable, Undeliverable
from smartkampung.notify.rules import reference_of


@dataclass(frozen=True)
class AppriseService:
    """Sends through one apprise address, in which ``{to}`` stands for the person.

    ``{ref}``, where the address has it, stands for the message itself: by that name
    the service tells later whether it was delivered.
    """

    template: str
    phones_only: bool = False

    def deliver(self, *, to: str, text: str, key: str) -> None:
        """Send one message. Apprise does not say why it failed, so it is tried again."""
        if self.phones_only and "@" in to:
            raise Undeliverable("not a phone")
        address = self.template.replace("{to}", quote(to, safe=""))
        service = apprise.Apprise()
        if not service.add(address.replace("{ref}", str(reference_of(key)))):
            raise Undeliverable("apprise does not take this address")
        if not service.notify(body=text, body_format=apprise.NotifyFormat.TEXT):
            raise Unavailable("apprise")


def from_settings() -> AppriseService:
    """Return the service that the operator's apprise address names."""
    return AppriseService(settings.MESSAGES_APPRISE_URL)


def whatsapp() -> AppriseService:
    """Return the channel of WhatsApp, which reaches phones."""
    return AppriseService(settings.MESSAGES_WHATSAPP_URL, phones_only=True)


def sms() -> AppriseService:
    """Return the channel of text messages, which reaches phones."""
    return AppriseService(settings.MESSAGES_SMS_URL, phones_only=True)
