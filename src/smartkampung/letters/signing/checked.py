"""Has a child process judge a PDF, which may be built to harm whoever reads it.

The child knows no keys and no database, and dies of too much memory or time. It loads
pyHanko (a second), so no web process has to. No Django here: the offline tool asks, too.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

import structlog
from cryptography.x509 import Certificate

from smartkampung.letters.signing.rules.reports import (
    LARGEST_PDF,
    Fault,
    Report,
    Signature,
)
from smartkampung.letters.signing.x509 import pem

CHILD = "smartkampung.letters.signing.child"
WAITS = 60
# Readers of one process at a time, and how long one waits for its turn.
READERS, TURN = BoundedSemaphore(2), 20


class TookTooLong(Exception):
    """Nothing was found out: the reader was busy, or this file kept it so."""


log = structlog.get_logger("smartkampung.letters")


def checked(
    pdf: bytes,
    *,
    roots: Iterable[Certificate],
    revoked: Mapping[int, datetime],
    outside: Iterable[Certificate] = (),
    clocks: Iterable[Certificate] = (),
    sent: int = 0,
) -> Report | None:
    """Judge a file as ``checking.check_pdf`` does; None when it cannot be read.

    Raises TookTooLong when nothing was found out in time.
    """
    if len(pdf) > LARGEST_PDF or not pdf.startswith(b"%PDF-"):
        return None
    told = {
        "roots": [pem(each) for each in roots],
        "outside": [pem(each) for each in outside],
        "clocks": [pem(each) for each in clocks],
        "revoked": {f"{serial:x}": at.isoformat() for serial, at in revoked.items()},
        "sent": sent,
    }
    said = _asked(json.dumps(told).encode() + b"\n" + pdf)
    return _report(json.loads(said)) if said else None


def _asked(question: bytes) -> bytes:
    if not READERS.acquire(timeout=TURN):
        raise TookTooLong
    try:
        return _answer_to(question)
    except subprocess.CalledProcessError as trouble:
        log.warning("letter_reader_died", code=trouble.returncode)
        if trouble.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
            raise TookTooLong from None
        return b""
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    finally:
        READERS.release()


def _answer_to(question: bytes) -> bytes:
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-m", CHILD],
        input=question,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": paths, "PATH": os.defpath},
        timeout=WAITS,
        check=True,
    )
    return done.stdout


def _report(said: dict[str, Any] | None) -> Report | None:
    if said is None:
        return None
    signatures = tuple(_signature(each) for each in said["signatures"])
    return Report(signatures, said["altered"])


def _signature(said: dict[str, Any]) -> Signature:
    at, fault = said.pop("at"), said.pop("fault")
    return Signature(
        **said,
        at=datetime.fromisoformat(at) if at else None,
        fault=Fault(fault) if fault else None,
    )
