"""The national certificate service (BSrE-like): the key lies there, and never here.

``POST /api/sign/pdf`` with file, nik, passphrase and "tampilan" (invisible: our paper
says itself that it is signed). Which codes a deployment's service answers with stands in
its agreement; these are the ones we know words for.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout, make_headers

from smartkampung.letters.signing.adapters import remote_is_set_up
from smartkampung.letters.signing.checked import TookTooLong
from smartkampung.letters.signing.ports import (
    BadPassphrase,
    NotSigned,
    Signer,
    Unavailable,
    Words,
)
from smartkampung.letters.signing.queries.files import report_of
from smartkampung.letters.signing.room import prepared
from smartkampung.letters.signing.rules.levels import Level
from smartkampung.letters.signing.rules.reports import LARGEST_PDF, Report, adds_one

WRONG_PASSPHRASE = 2031
SIGNED = b"/ByteRange"
CODES = {
    2011: "not_enrolled",
    2021: "certificate",
    2022: "certificate",
    1003: "not_a_pdf",
}
# Only what surely was not done is asked again: a wrong passphrase counts there, too.
AGAIN = Retry(
    total=2,
    read=0,
    backoff_factor=0.2,
    backoff_jitter=0.3,
    allowed_methods={"POST"},
    status_forcelist=(503,),
    redirect=False,
    raise_on_status=False,
)


@dataclass(frozen=True)
class BsrePort:
    """Asks the service. Address, user and password come from the operator."""

    url: str
    user: str
    password: str = field(repr=False)
    seconds: float = 20.0
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def open(self, signer: Signer, passphrase: str, *, at: datetime) -> "BsrePen":
        """Return a pen; whether the passphrase is right is known at the first letter."""
        return BsrePen(self, signer.holder, signer.secret.decode(), passphrase)


@dataclass(frozen=True)
class BsrePen:
    """An officer whom the service knows by NIK. Printing it shows nothing."""

    port: BsrePort
    holder: str
    nik: str = field(repr=False)
    passphrase: str = field(repr=False)

    @property
    def level(self) -> Level:
        """Return that the service decides."""
        return Level.REMOTE

    def sign(self, pdf: bytes, *, words: Words, at: datetime) -> bytes:
        """Send the letter; every trouble becomes one of the port's exceptions."""
        pdf = prepared(pdf, words)
        fields = {
            "file": ("letter.pdf", pdf, "application/pdf"),
            "nik": self.nik,
            "passphrase": self.passphrase,
            "tampilan": "invisible",
            "reason": words.reason,
            "location": words.place,
            "info": words.proof,
        }
        status, body = self._post(fields)
        if status != 200:
            raise trouble(status, body)
        if not body.startswith(pdf) or len(body) > LARGEST_PDF:
            # A signature is added behind what was sent; anything else is another file.
            raise Unavailable("not_understood")
        # How often our own file was signed, we count ourselves.
        if not adds_one(_read(body, pdf), pdf.count(SIGNED), holder=self.holder):
            raise NotSigned("another_signature")
        return body

    def _post(self, fields: dict[str, Any]) -> tuple[int, bytes]:
        port = self.port
        try:
            reply = port.pool.request(
                "POST",
                f"{port.url.rstrip('/')}/api/sign/pdf",
                fields=fields,
                headers=make_headers(basic_auth=f"{port.user}:{port.password}"),
                timeout=Timeout(total=port.seconds),
                retries=AGAIN,
                preload_content=False,
            )
            body = reply.read(LARGEST_PDF + 1)
            reply.release_conn()
        except HTTPError:
            # Its text may hold the address, and what was sent.
            raise Unavailable("no_answer") from None
        return reply.status, bytes(body)


def _read(body: bytes, sent: bytes) -> Report:
    """Return what a file says that came back; a reader that died knows nothing."""
    try:
        found = report_of(body, sent=len(sent))
    except TookTooLong:
        found = None
    if found is None:
        raise Unavailable("not_looked_at")
    return found


def trouble(status: int, body: bytes) -> Exception:
    """Return what an answer other than 200 means."""
    try:
        told = json.loads(body)
        code = int(told["status_code"])
    except (ValueError, TypeError, KeyError):
        return Unavailable(f"http_{status}")
    if code == WRONG_PASSPHRASE:
        return BadPassphrase()
    if code in CODES:
        return NotSigned(CODES[code])
    return Unavailable(f"code_{code}")


def from_settings() -> BsrePort:
    """Return the service as the operator configured it."""
    if not remote_is_set_up():
        raise Unavailable("not_set_up")
    if not settings.DEMO and not settings.BSRE_URL.startswith("https://"):
        # Passphrase and NIK of an officer go there.
        raise Unavailable("not_safe")
    return BsrePort(
        settings.BSRE_URL,
        settings.BSRE_USER,
        settings.BSRE_PASSWORD,
        settings.BSRE_SECONDS,
    )
