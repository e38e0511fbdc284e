"""A certificate service to test and demonstrate with, in the manner of BSrE.

    python -m smartkampung.letters.signing.simulators.bsre --port 8902 --root bsre.pem

It knows whom ``--people`` names (JSON lines with nik, name, title, office, passphrase) and
really signs, by keys that it makes at the start under a root of its own, written to
``--root`` for SMARTKAMPUNG_BSRE_ROOTS. ``PUT /`` tells it how to behave: ``up``, ``down``
(503), ``garbled``, ``another`` (answers with a file that was not sent), ``unsigned``,
``overwritten`` (signs another page, behind the one that was sent), ``twice``, and
``somebody`` (signs in another name).
"""

import argparse
import base64
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from smartkampung.kernel.orphan import end_with_parent
from smartkampung.letters.signing.adapters.stamps import OwnClock
from smartkampung.letters.signing.pades import signed_pdf
from smartkampung.letters.signing.ports import NotSigned, Words
from smartkampung.letters.signing.x509 import (
    OFFICER_LIVES,
    Chain,
    Holder,
    Pair,
    new_clock,
    new_issuer,
    new_officer,
    new_root,
    revocation_list,
)

USER, KNOCK = "esign", "only-for-the-simulator"
LONGEST_BODY = 20_000_000
NOBODY, EXPIRED, WRONG, NO_PDF = 2011, 2021, 2031, 1003
WORDS = {
    NOBODY: "User belum terdaftar",
    EXPIRED: "Sertifikat sudah tidak berlaku",
    WRONG: "Passphrase anda salah",
    NO_PDF: "File bukan PDF",
}


@dataclass
class Person:
    """Somebody the service knows."""

    name: str
    title: str
    office: str
    passphrase: str
    expired: bool = False


STRANGER = Person("Joko Susilo", "Camat", "Kecamatan Lain", "")


class Refusal(Exception):
    """The service says no, with its number."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Service:
    """The keys of the service, whom it knows, and how to behave just now."""

    people: dict[str, Person]
    born: datetime
    mode: str = "up"
    at: datetime | None = None
    asked: int = 0
    root: Pair = field(init=False)

    def __post_init__(self) -> None:
        self.root = new_root("Simulator of a certificate service", at=self.born)
        self.issuer = new_issuer("Simulator", self.root, at=self.born)
        self.clock = new_clock("Simulator", self.issuer, at=self.born)

    def sign(self, form: dict[str, bytes]) -> bytes:
        """Return the signed file, or raise Refusal."""
        person = self.people.get(form.get("nik", b"").decode())
        if person is None:
            raise Refusal(NOBODY)
        if form.get("passphrase", b"").decode() != person.passphrase:
            raise Refusal(WRONG)
        if person.expired:
            raise Refusal(EXPIRED)
        if self.mode == "unsigned":
            return form["file"]
        at = self.at or datetime.now(UTC)
        key = self._key(STRANGER if self.mode == "somebody" else person)
        held = Chain(
            self.root.certificate, self.issuer.certificate, [], self._lists(at)
        )
        reason, place, proof = (
            form.get(name, b"").decode() for name in ("reason", "location", "info")
        )
        clock = OwnClock(self.clock, at)
        file = form["file"]
        if self.mode == "overwritten":
            file = _overwritten(file)
        words = Words(reason, place, proof)
        try:
            for _ in range(2 if self.mode == "twice" else 1):
                file = signed_pdf(file, key, held, clock=clock, words=words, at=at)
        except NotSigned:
            raise Refusal(NO_PDF) from None
        return file

    def _key(self, person: Person) -> Pair:
        return new_officer(
            Holder(person.name, person.title, person.office),
            self.issuer,
            crl_url="http://127.0.0.1/crl",
            at=self.born,
            until=self.born + OFFICER_LIVES,
        )

    def _lists(self, at: datetime) -> list[bytes]:
        return [
            revocation_list(each, [], number=1, at=at)
            for each in (self.root, self.issuer)
        ]


class Desk(BaseHTTPRequestHandler):
    """Answers one request after another; writes no log, for logs would hold people."""

    service: Service
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Write nothing."""

    def do_POST(self) -> None:
        """Sign one file."""
        body = self._body()
        self.service.asked += 1
        if self.service.mode == "down":
            return self._send(503, b"down")
        if self.service.mode == "garbled":
            return self._send(500, b"<html>maintenance</html>")
        if self.headers.get("Authorization") != _basic():
            return self._send(401, b'{"error": "Unauthorized"}')
        if self.path != "/api/sign/pdf":
            return self._send(404, b"{}")
        try:
            signed = self.service.sign(form_of(self.headers["Content-Type"], body))
        except Refusal as refusal:
            said = {"status_code": refusal.code, "error": WORDS[refusal.code]}
            return self._send(400, json.dumps(said).encode())
        other = self.service.mode == "another"
        return self._send(200, b"%PDF-1.7 another" if other else signed)

    def do_PUT(self) -> None:
        """Change how to behave."""
        self.service.mode = self._body().decode()
        self._send(200, b"ok")

    def _body(self) -> bytes:
        length = min(int(self.headers.get("Content-Length", "0")), LONGEST_BODY)
        return self.rfile.read(length)

    def _send(self, status: int, body: bytes) -> None:
        kind = "application/pdf" if body.startswith(b"%PDF") else "application/json"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _overwritten(pdf: bytes) -> bytes:
    """Return a file whose first page looks another way, by an update behind it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9)))
    writer.update_container(page)
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()


def form_of(kind: str, body: bytes) -> dict[str, bytes]:
    """Return the parts of a multipart form by name."""
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    parts = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            parts[str(name)] = content
    return parts


def _basic() -> str:
    return "Basic " + base64.b64encode(f"{USER}:{KNOCK}".encode()).decode()


def server(
    service: Service, *, host: str = "127.0.0.1", port: int = 0
) -> ThreadingHTTPServer:
    """Return a server that is ready to serve; port 0 takes a free one."""
    desk = type("DeskOfService", (Desk,), {"service": service})
    return ThreadingHTTPServer((host, port), desk)


def read_people(path: Path) -> dict[str, Person]:
    """Read people from JSON lines."""
    rows = [json.loads(line) for line in path.read_text().splitlines() if line]
    return {row.pop("nik"): Person(**row) for row in rows}


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser(description="Simulate a certificate service.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8902)
    options.add_argument("--people", type=Path, required=True)
    options.add_argument("--root", type=Path, required=True)
    asked = options.parse_args()
    end_with_parent()
    service = Service(read_people(asked.people), datetime.now(UTC))
    asked.root.write_text(service.root.pem)
    with server(service, host=asked.host, port=asked.port) as ready:
        ready.serve_forever()


if __name__ == "__main__":
    main()
