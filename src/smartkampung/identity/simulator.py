"""A civil-registry service to test and demonstrate with. It knows nobody real.

    python -m smartkampung.identity.simulator --port 8900

``POST /v1/compare`` answers as the port describes. People come from a file of JSON lines
(``--people``); without one it makes its answers up from the number: birth date and sex
are those in the NIK, a NIK that ends with 7 is on record under another name, one that
ends with 00 does not exist. ``--journal`` keeps what was counted, by key and without
any number, so that a killed simulator still knows questions that are sent again.

``PUT /simulator`` tells it how to behave: ``{"mode": "up", "delay": 0, "quota": 1000}``.
Modes are up, down (503), garbled (no JSON) and leaking (answers with data, which no
client may take). ``GET /simulator`` tells what it counted.
"""

import argparse
import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

from smartkampung.kernel.orphan import end_with_parent

FIELDS = ("name", "birth_date", "sex", "kk")
KNOCK, PKS = "only-for-the-simulator", "400.12/000/SIMULATOR"
LONGEST_BODY = 10_000
Told = dict[str, Any]


@dataclass
class Registry:
    """Who exists, what was counted, and how to behave just now."""

    people: dict[str, Told] | None = None
    journal: Path | None = None
    mode: str = "up"
    delay: float = 0.0
    quota: int = 1000
    asked: int = 0
    kept: dict[str, Told] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def remember(self) -> None:
        """Read what was counted before a restart."""
        if self.journal is not None and self.journal.exists():
            for line in self.journal.read_text().splitlines():
                entry = json.loads(line)
                self.kept[entry["key"]] = entry

    def answer(self, key: str, question: Told) -> tuple[int, Told]:
        """Return status and body; a question sent again is not counted again."""
        asked = json.dumps(question, sort_keys=True).encode()
        print_ = hashlib.sha256(key.encode() + asked).hexdigest()
        with self.lock:
            self.asked += 1
            known = self.kept.get(key)
            if known is not None:
                same = known["question"] == print_
                return (200, known["answer"]) if same else (409, {"error": "key"})
            if self.counted_today() >= self.quota:
                return 429, {"error": "quota"}
            answer = self._compare(question)
            self._keep(key, print_, answer)
            return 200, answer

    def counted_today(self) -> int:
        """Return how many questions count against today's quota."""
        return sum(entry["day"] == _today() for entry in self.kept.values())

    def facts(self) -> Told:
        """Return what it counted and how it behaves."""
        with self.lock:
            return {
                "mode": self.mode,
                "delay": self.delay,
                "quota": self.quota,
                "asked": self.asked,
                "counted": len(self.kept),
            }

    def _compare(self, question: Told) -> Told:
        if self.people is None:
            return made_up(question)
        person = self.people.get(question["nik"])
        if person is None:
            return {"nik": False}
        given = [name for name in FIELDS if name in question]
        return {"nik": True} | {
            name: _plain(person.get(name, "")) == _plain(question[name])
            for name in given
        }

    def _keep(self, key: str, question: str, answer: Told) -> None:
        entry = {"key": key, "day": _today(), "question": question, "answer": answer}
        self.kept[key] = entry
        if self.journal is not None:
            with self.journal.open("a") as file:
                file.write(json.dumps(entry) + "\n")
                file.flush()
                os.fsync(file.fileno())


def made_up(question: Told) -> Told:
    """Return an answer that follows from the digits of the NIK alone."""
    nik = str(question["nik"])
    if nik.endswith("00"):
        return {"nik": False}
    day = int(nik[6:8])
    born = f"{day % 40:02d}{nik[8:12]}"
    year, month, date = (str(question.get("birth_date", "")) + "--").split("-")[:3]
    agrees = {
        "name": not nik.endswith("7"),
        "birth_date": f"{date}{month}{year[2:]}" == born,
        "sex": question.get("sex") == ("P" if day > 40 else "L"),
        "kk": True,
    }
    given = {name: agrees[name] for name in FIELDS if name in question}
    return {"nik": True, **given}


def _plain(text: object) -> str:
    return " ".join(str(text).casefold().split())


def _today() -> str:
    return time.strftime("%Y-%m-%d")


class Desk(BaseHTTPRequestHandler):
    """Answers one request after another; writes no log, for logs would hold people."""

    registry: Registry
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Write nothing."""

    def do_POST(self) -> None:
        """Compare one record."""
        body = self._body()
        time.sleep(self.registry.delay)
        if self.registry.mode == "down":
            return self._send(503, {"error": "down"})
        if self.headers.get("Authorization") != f"Bearer {KNOCK}":
            return self._send(401, {"error": "token"})
        if self.headers.get("X-PKS-Number") != PKS:
            return self._send(403, {"error": "pks"})
        key = self.headers.get("Idempotency-Key", "")
        if self.path != "/v1/compare" or not key or not _is_question(body):
            return self._send(422, {"error": "question"})
        status, answer = self.registry.answer(key, body)
        if self.registry.mode == "garbled":
            return self._send_bytes(200, b"<html>maintenance</html>")
        if self.registry.mode == "leaking":
            answer = {**answer, "mother_name": "Siti"}
        return self._send(status, answer)

    def do_PUT(self) -> None:
        """Change how to behave."""
        told = self._body()
        for name in ("mode", "delay", "quota"):
            if isinstance(told, dict) and name in told:
                setattr(self.registry, name, told[name])
        self._send(200, self.registry.facts())

    def do_GET(self) -> None:
        """Tell what was counted."""
        self._send(200, self.registry.facts())

    def _body(self) -> Any:
        length = min(int(self.headers.get("Content-Length", "0")), LONGEST_BODY)
        try:
            return json.loads(self.rfile.read(length))
        except ValueError:
            return None

    def _send(self, status: int, body: Told) -> None:
        self._send_bytes(status, json.dumps(body).encode())

    def _send_bytes(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _is_question(body: Any) -> bool:
    if not isinstance(body, dict) or not set(body) <= {"nik", *FIELDS}:
        return False
    nik = body.get("nik")
    return (
        isinstance(nik, str)
        and len(nik) == 16
        and nik.isdigit()
        and all(isinstance(value, str) for value in body.values())
    )


def read_people(path: Path) -> dict[str, Told]:
    """Read people from JSON lines, each with nik, name, birth_date, sex and kk."""
    rows = [json.loads(line) for line in path.read_text().splitlines() if line]
    return {row["nik"]: row for row in rows}


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser(description="Simulate a civil registry.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8900)
    options.add_argument("--people", type=Path)
    options.add_argument("--journal", type=Path)
    options.add_argument("--quota", type=int, default=1000)
    asked = options.parse_args()
    end_with_parent()
    people = read_people(asked.people) if asked.people else None
    Desk.registry = Registry(people, asked.journal, quota=asked.quota)
    Desk.registry.remember()
    with ThreadingHTTPServer((asked.host, asked.port), Desk) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
