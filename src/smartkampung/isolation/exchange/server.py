"""A FHIR server to test and demonstrate with: it takes transactions and tells them back.

    python -m smartkampung.isolation.exchange.server --port 8920

``POST /`` takes a transaction bundle whole or refuses it (422 with an OperationOutcome)
when it is not valid FHIR. ``GET /Encounter/ID`` tells a resource, ``GET /`` counts.
``PUT /mode`` with up, down or refusing tells it how to behave. It keeps all in memory.
"""

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from smartkampung.isolation.exchange.checking import faults
from smartkampung.kernel.orphan import end_with_parent

LONGEST_BODY = 5_000_000
Told = dict[str, Any]


class Kept:
    """Resources by type and id, and how to behave just now."""

    def __init__(self) -> None:
        self.mode = "up"
        self.resources: dict[str, Told] = {}
        self.lock = Lock()

    def take(self, body: bytes) -> tuple[int, Told]:
        """Keep a valid transaction whole; return status and answer."""
        if self.mode == "down":
            return 503, outcome("transient")
        try:
            told = json.loads(body)
        except ValueError:
            return 422, outcome("structure")
        if faults(told):
            return 422, outcome("invalid")
        if self.mode == "refusing" or told.get("type") != "transaction":
            return 422, outcome("business-rule")
        return 200, self._keep(told)

    def _keep(self, told: Told) -> Told:
        entries = []
        with self.lock:
            for entry in told["entry"]:
                url = entry["request"]["url"]
                status = "200 OK" if url in self.resources else "201 Created"
                self.resources[url] = entry["resource"]
                entries.append({"response": {"status": status}})
        return {
            "resourceType": "Bundle",
            "type": "transaction-response",
            "entry": entries,
        }


def outcome(code: str) -> Told:
    """Return an OperationOutcome; it repeats nothing of what was sent."""
    issue = {"severity": "error", "code": code}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def handler(kept: Kept) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers for what is kept."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a bundle."""
            self._answer(*kept.take(self._body()))

        def do_PUT(self) -> None:
            """Change how it behaves."""
            kept.mode = self._body().decode()
            self._answer(200, {"mode": kept.mode})

        def do_GET(self) -> None:
            """Tell a resource, or how many there are."""
            if self.path == "/":
                self._answer(200, {"resources": len(kept.resources)})
                return
            found = kept.resources.get(self.path.strip("/"))
            self._answer(200, found) if found else self._answer(
                404, outcome("not-found")
            )

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: an address may hold an id."""

        def _body(self) -> bytes:
            length = int(self.headers.get("Content-Length", "0"))
            return self.rfile.read(min(length, LONGEST_BODY))

        def _answer(self, status: int, told: Told) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="A FHIR server to test with.")
    parser.add_argument("--port", type=int, default=8920)
    end_with_parent()
    port = parser.parse_args().port
    ThreadingHTTPServer(("127.0.0.1", port), handler(Kept())).serve_forever()


if __name__ == "__main__":
    main()
