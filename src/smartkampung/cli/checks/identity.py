"""Is the identity service set up, safely, and does it answer?"""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from smartkampung.cli.checks.notes import Note
from smartkampung.cli.checks.settings import THIS_MACHINE
from smartkampung.identity.queries import service_facts
from smartkampung.kernel.clock import day, now

LONGEST_WAIT = timedelta(days=1)


def service() -> Iterator[str]:
    """Find a service that is half set up, not safe, or has not answered for a day."""
    if not settings.IDENTITY_URL:
        yield Note(
            "Off: nobody is compared with Dukcapil. With an agreement (PKS) set"
            " SMARTKAMPUNG_IDENTITY_URL, _TOKEN, _PKS and _QUOTA."
        )
        return
    address = urlsplit(settings.IDENTITY_URL)
    if address.scheme != "https" and address.hostname not in THIS_MACHINE:
        yield "SMARTKAMPUNG_IDENTITY_URL does not begin with https://: NIKs would travel readable."
    if not settings.IDENTITY_TOKEN:
        yield "SMARTKAMPUNG_IDENTITY_TOKEN is not set: the service will not answer."
    if not settings.IDENTITY_PKS:
        yield (
            "SMARTKAMPUNG_IDENTITY_PKS is not set: every question names the agreement."
        )
    if settings.IDENTITY_QUOTA < 1:
        yield "SMARTKAMPUNG_IDENTITY_QUOTA is below 1: nothing is ever asked."
    yield from _waiting()


def _waiting() -> Iterator[str]:
    at = now()
    facts = service_facts(at=at, on=day(at))
    if facts.oldest is not None and at - facts.oldest > LONGEST_WAIT:
        yield (
            f"{facts.waiting} questions wait, the oldest for more than a day."
            f" Last trouble: {facts.trouble or 'none'}. See: smartkampung identity status"
        )
