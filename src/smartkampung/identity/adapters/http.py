"""A civil-registry service behind HTTP and JSON.

The request carries the number of the cooperation agreement (PKS), without which the
registry answers nobody, and a key by which it knows a question that is sent again.
Short hiccups are tried again here, with jitter; outages are the queue's business.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout

from smartkampung.identity.ports import (
    Answer,
    NotTaken,
    OverQuota,
    Question,
    Unavailable,
)
from smartkampung.identity.rules import Field

LARGEST_ANSWER = 10_000
AGAIN = Retry(
    total=2,
    backoff_factor=0.2,
    backoff_jitter=0.3,
    allowed_methods={"POST"},
    status_forcelist=(502, 504),
    respect_retry_after_header=False,
    redirect=False,
    raise_on_status=False,
)


@dataclass(frozen=True)
class Http:
    """Asks ``{url}/v1/compare``. Address, token and PKS number come from the operator."""

    url: str
    token: str = field(repr=False)
    pks: str
    seconds: float = 5.0
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def compare(self, question: Question, *, key: str) -> Answer:
        """Ask once, in time; every trouble becomes one of the port's exceptions."""
        try:
            reply = self.pool.request(
                "POST",
                f"{self.url.rstrip('/')}/v1/compare",
                body=json.dumps({"nik": question.nik, **question.fields}),
                headers={
                    "Authorization": f"Bearer {self.token}",
                    "X-PKS-Number": self.pks,
                    "Idempotency-Key": key,
                    "Content-Type": "application/json",
                },
                timeout=Timeout(total=self.seconds),
                retries=AGAIN,
                preload_content=False,
            )
            body = reply.read(LARGEST_ANSWER + 1)
            reply.release_conn()
        except HTTPError as error:
            # Its text may hold the address; its kind is enough.
            raise Unavailable(_kind(error)) from None
        if reply.status == 200:
            return read_answer(body, question)
        raise _trouble(reply.status, reply.headers.get("Retry-After", ""))


def _kind(error: HTTPError) -> str:
    reason = getattr(error, "reason", None)
    return type(reason if isinstance(reason, Exception) else error).__name__


def _trouble(status: int, retry_after: str) -> Exception:
    wait = timedelta(seconds=int(retry_after)) if retry_after.isdecimal() else None
    if status == 429:
        return OverQuota("over_quota", wait=wait)
    if status in {400, 409, 422}:
        return NotTaken(f"http_{status}")
    # 401 and 403 are about us and not about the question, so it waits, too.
    return Unavailable(f"http_{status}", wait=wait)


def read_answer(body: bytes, question: Question) -> Answer:
    """Return the answer; raise Unavailable for anything but yes or no to each field."""
    told = _yes_or_no(body)
    found = told.pop("nik", None)
    wanted = {str(name) for name in question.fields}
    if found is None or (found and set(told) != wanted) or not set(told) <= wanted:
        raise Unavailable("not_understood")
    return Answer(found, {Field(name): agrees for name, agrees in told.items()})


def _yes_or_no(body: bytes) -> dict[str, bool]:
    try:
        told: Any = json.loads(body) if len(body) <= LARGEST_ANSWER else None
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(
        isinstance(value, bool) for value in told.values()
    ):
        raise Unavailable("not_understood")
    return told


def from_settings() -> Http:
    """Return the service as the operator configured it."""
    return Http(
        url=settings.IDENTITY_URL,
        token=settings.IDENTITY_TOKEN,
        pks=settings.IDENTITY_PKS,
        seconds=settings.IDENTITY_SECONDS,
    )
