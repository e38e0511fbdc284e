"""The child that reads a PDF: a line of JSON and the file on its standard input.

The line names roots, clocks and what was revoked; the answer on standard output is a
report as JSON, or null. Anything that goes wrong ends the child, which is an answer, too.
"""

import json
import resource
import sys
from dataclasses import asdict
from datetime import datetime

from cryptography.x509 import Certificate, load_pem_x509_certificate

from smartkampung.letters.signing.checking import check_pdf

MEMORY = 1024**3
SECONDS = 10


def main() -> None:
    """Judge one file."""
    limit()
    told = json.loads(sys.stdin.buffer.readline())
    report = check_pdf(
        sys.stdin.buffer.read(),
        roots=_loaded(told["roots"]),
        outside=_loaded(told["outside"]),
        clocks=_loaded(told["clocks"]),
        revoked={
            int(serial, 16): datetime.fromisoformat(at)
            for serial, at in told["revoked"].items()
        },
        sent=told["sent"],
    )
    said = asdict(report) if report else None
    json.dump(said, sys.stdout, default=datetime.isoformat)


def limit() -> None:
    """Take no more memory and time than a letter needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _loaded(pems: list[str]) -> list[Certificate]:
    return [load_pem_x509_certificate(pem.encode()) for pem in pems]


if __name__ == "__main__":
    main()
