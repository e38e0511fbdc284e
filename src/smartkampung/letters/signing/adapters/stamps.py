"""Time stamps for signatures: from an authority outside, or from our own clock."""

from dataclasses import dataclass, field
from datetime import datetime

import urllib3
from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout

from smartkampung.letters.signing.ports import Unavailable
from smartkampung.letters.signing.stamping import answer
from smartkampung.letters.signing.x509 import Pair

LARGEST_ANSWER = 20_000
ASKS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
AGAIN = Retry(
    total=2,
    backoff_factor=0.1,
    backoff_jitter=0.2,
    allowed_methods={"POST"},
    status_forcelist=(502, 503, 504),
    redirect=False,
    raise_on_status=False,
)


class OwnClock(TimeStamper):
    """This system tells the time itself: right in form, no witness from outside."""

    def __init__(self, clock: Pair, at: datetime) -> None:
        TimeStamper.__init__(self)
        self.clock, self.at = clock, at

    async def async_request_tsa_response(
        self, req: tsp.TimeStampReq
    ) -> tsp.TimeStampResp:
        """Answer at once."""
        stamped = answer(req.dump(), self.clock, at=self.at)
        return tsp.TimeStampResp.load(stamped)


@dataclass(frozen=True)
class Authority:
    """A time-stamp authority behind HTTP."""

    url: str
    seconds: float = 5.0
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def ask(self, request: bytes) -> bytes:
        """Return the answer to a request; raise Unavailable when there is none."""
        try:
            reply = self.pool.request(
                "POST",
                self.url,
                body=request,
                headers=ASKS,
                timeout=Timeout(total=self.seconds),
                retries=AGAIN,
                preload_content=False,
            )
            body = reply.read(LARGEST_ANSWER)
            reply.release_conn()
        except HTTPError:
            raise Unavailable("no_time_stamp") from None
        kind = reply.headers.get("Content-Type", "")
        if reply.status != 200 or kind != ASKS["Accept"]:
            raise Unavailable("no_time_stamp")
        return bytes(body)


class OutsideClock(TimeStamper):
    """An authority tells the time, for every signature anew."""

    def __init__(self, authority: Authority) -> None:
        TimeStamper.__init__(self)
        self.authority = authority

    async def async_request_tsa_response(
        self, req: tsp.TimeStampReq
    ) -> tsp.TimeStampResp:
        """Ask; nothing else waits in this loop, so it may block."""
        stamped = self.authority.ask(req.dump())
        try:
            return tsp.TimeStampResp.load(stamped, strict=True)
        except ValueError:
            raise Unavailable("no_time_stamp") from None


def stamp_authority() -> Authority | None:
    """Return the authority that the operator named, if any."""
    if not settings.TSA_URL:
        return None
    return Authority(settings.TSA_URL, settings.TSA_SECONDS)
