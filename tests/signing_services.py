"""A time-stamp authority and a certificate service, which really answer over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from smartkampung.letters.signing.simulators import bsre, tsa
from tests.signing import AT, PASSPHRASE

NIK = "3510094212950001"
BORN = AT - timedelta(days=30)


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """Serve on a port of its own; yield the address."""
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def clock(settings: Any, tmp_path: Path) -> Iterator[tsa.Clock]:
    """Start a time-stamp authority, and trust it."""
    clock = tsa.Clock(BORN, at=AT)
    roots = tmp_path / "tsa.pem"
    roots.write_text(clock.trusted)
    with serving(tsa.server(clock)) as address:
        settings.TSA_URL, settings.TSA_ROOTS = address, str(roots)
        settings.TSA_SECONDS = 2
        yield clock


@pytest.fixture
def service(settings: Any, tmp_path: Path) -> Iterator[bsre.Service]:
    """Start a certificate service that knows Endang, and trust it."""
    person = bsre.Person("Endang Lestari", "Camat", "Kecamatan Lereng", PASSPHRASE)
    service = bsre.Service({NIK: person}, BORN, at=AT)
    with serving(bsre.server(service)) as address:
        settings.BSRE_URL, settings.BSRE_USER = address, bsre.USER
        settings.BSRE_PASSWORD, settings.BSRE_SECONDS = bsre.KNOCK, 5
        settings.BSRE_ROOTS, settings.DEMO = str(tmp_path / "bsre.pem"), True
        Path(settings.BSRE_ROOTS).write_text(service.root.pem)
        yield service
