"""The other system: how bundles are given to it, and what it may say."""

import json
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
LARGEST_ANSWER = 1_000_000
FHIR_JSON = "application/fhir+json"


class Unavailable(Exception):
    """Nobody there, or not now: the same bundle is sent again later."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotTaken(Exception):
    """It was understood and refused; sent again it would be refused again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Receiver(Protocol):
    """Takes a transaction bundle whole, or not at all."""

    def put(self, bundle: dict[str, Any]) -> None:
        """Give it; raises Unavailable or NotTaken."""


@dataclass(frozen=True)
class Http:
    """A FHIR server behind HTTP. Address and token come from the operator."""

    url: str
    token: str = field(default="", repr=False)
    seconds: float = 10.0
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def put(self, bundle: dict[str, Any]) -> None:
        """Post the transaction to the base address."""
        headers = {"Content-Type": FHIR_JSON, "Accept": FHIR_JSON}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            reply = self.pool.request(
                "POST",
                self.url,
                body=json.dumps(bundle),
                headers=headers,
                timeout=Timeout(total=self.seconds),
                retries=False,
            )
        except HTTPError as error:
            # Its text may hold the address; its kind is enough.
            raise Unavailable(type(error).__name__) from None
        if reply.status in {400, 404, 409, 412, 422}:
            raise NotTaken(f"http_{reply.status}")
        if reply.status not in {200, 201}:
            # 401 and 403 are about us and not about the stay, so it waits, too.
            raise Unavailable(f"http_{reply.status}")


def is_private_way(url: str) -> bool:
    """Say whether nobody reads along: encrypted, or never leaving this machine."""
    way = urlsplit(url)
    here = way.scheme == "http" and way.hostname in THIS_MACHINE
    return here or (way.scheme == "https" and bool(way.hostname))


def receiver() -> Receiver | None:
    """Return the system that the operator named, if any.

    NIK, health and token travel there: an address that others could read along is
    nobody's. ``smartkampung check`` says so.
    """
    if not is_private_way(settings.FHIR_URL):
        return None
    return Http(settings.FHIR_URL, settings.FHIR_TOKEN, settings.FHIR_SECONDS)
