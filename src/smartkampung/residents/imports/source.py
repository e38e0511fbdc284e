"""Has a child process read a file, and hands on what it says.

The child knows no keys and no database: a file built to harm meets nothing but the
memory limit it runs under. Rows reach us through a pipe and are never on the disk.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from queue import Empty, Queue
from typing import IO, Any

import structlog

from smartkampung.residents.imports.reading.columns import letters
from smartkampung.residents.imports.reading.days import DAYS
from smartkampung.residents.imports.reading.records import (
    AccountDraft,
    AffectedDraft,
    CaseDraft,
    DecileDraft,
    Defect,
    Fault,
    FigureDraft,
    Format,
    Issue,
    Noted,
    PersonDraft,
    RecipientDraft,
    Rejected,
    Unusable,
)

log = structlog.get_logger("smartkampung.imports")
LINES_AHEAD = 4
CHILD = "smartkampung.residents.imports.reading.child"
DRAFTS: dict[Format, Any] = {
    Format.OPENSID: PersonDraft,
    Format.OPENDK: PersonDraft,
    Format.PEOPLE: PersonDraft,
    Format.DECILE: DecileDraft,
    Format.RECIPIENTS: RecipientDraft,
    Format.ACCOUNTS: AccountDraft,
    Format.REVENUE: FigureDraft,
    Format.VISITS: FigureDraft,
    Format.BUSINESSES: FigureDraft,
    Format.AFFECTED: AffectedDraft,
    Format.CASES: CaseDraft,
    **dict.fromkeys(DAYS, FigureDraft),
}


@dataclass(frozen=True)
class Head:
    """The header of a sheet: what stands in it and where known columns are."""

    sheet: str
    titles: list[str]
    places: dict[str, int]
    unknown: list[str]
    absent: list[str]
    programme: dict[str, str] = field(default_factory=dict)

    def issue(
        self, line: int, column: str, fault: Fault, *, value: str = "", **details: Any
    ) -> Issue:
        """Return an issue about one cell of a known column."""
        place = self.places.get(column, 0)
        return Issue(
            self.titles[place],
            f"{letters(place)}{line}",
            value,
            fault.value,
            details,
        )


@dataclass(frozen=True)
class Batch:
    """Some thousand rows of one sheet, and how far reading is."""

    head: Head
    drafts: list[Any]
    rejected: list[Rejected]
    noted: list[Noted]
    done: int
    total: int


def read(kind: Format, blocks: Iterable[bytes], *, today: date) -> Iterator[Batch]:
    """Yield what a file of this kind says; raise Unusable with the reason."""
    child = subprocess.Popen(
        [sys.executable, "-m", CHILD, kind.value, today.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_bare_environment(),
    )
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child was started without pipes")
    broken: list[Exception] = []
    feeder = threading.Thread(
        target=_feed, args=(child.stdin, blocks, broken), daemon=True
    )
    feeder.start()
    try:
        yield from batches(kind, _lines(child.stdout))
        if broken:
            raise broken[0]
    finally:
        child.kill()
        if child.wait() not in (0, -signal.SIGKILL):
            log.warning("import_reader_died", status=child.returncode)
        feeder.join()


def _bare_environment() -> dict[str, str]:
    """No passwords, no keys: only where Python finds its modules."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", "PATH": os.defpath}


def _feed(pipe: IO[bytes], blocks: Iterable[bytes], broken: list[Exception]) -> None:
    # The child may have heard enough, or be dead: what it said so far tells which.
    try:
        with suppress(BrokenPipeError), pipe:
            for block in blocks:
                pipe.write(block)
    except Exception as error:
        broken.append(error)


def _lines(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield the child's lines, some read ahead so that it need not wait for us."""
    waiting: Queue[bytes] = Queue(maxsize=LINES_AHEAD)
    over = threading.Event()

    def fetch() -> None:
        with pipe:
            for line in pipe:
                waiting.put(line)
                if over.is_set():
                    return
            waiting.put(b"")

    threading.Thread(target=fetch, daemon=True).start()
    try:
        while line := waiting.get():
            yield line
    finally:
        over.set()
        with suppress(Empty):  # lets go of a thread that waits for room
            waiting.get_nowait()


def batches(kind: Format, lines: Iterable[bytes]) -> Iterator[Batch]:
    """Turn the child's lines into batches; raise Unusable as it says."""
    draft = DRAFTS[kind]
    head = Head("", [], {}, [], [])
    for line in lines:
        frame = json.loads(line)
        if "rows" in frame:
            yield Batch(
                head,
                [draft(*row) for row in frame["rows"]],
                [_rejected(*row) for row in frame["rejected"]],
                [Noted(at, _issues(issues)) for at, issues in frame["noted"]],
                frame["done"],
                frame["total"],
            )
        elif "head" in frame:
            head = Head(**frame["head"])
        elif "unusable" in frame:
            raise Unusable(Defect(frame["unusable"]), **frame["details"])
        else:
            return
    # The child ended in the middle of a sentence.
    raise Unusable(Defect.TOO_HEAVY)


def _rejected(line: int, issues: list[Any], raw: list[str]) -> Rejected:
    return Rejected(line, _issues(issues), raw)


def _issues(issues: list[Any]) -> list[Issue]:
    return [Issue(*issue) for issue in issues]
