"""Files are read in this process, which is quicker; ``real_child`` starts the child."""

import io
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from smartkampung.residents.imports import source
from smartkampung.residents.imports.reading.child import tell
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.source import Batch


def read_here(kind: Format, blocks: Iterable[bytes], *, today: date) -> Iterator[Batch]:
    """Read a file like ``source.read``, without a child."""
    out = io.StringIO()
    tell(io.BytesIO(b"".join(blocks)), out, kind, today=today.isoformat())
    yield from source.batches(
        kind, [line.encode() for line in out.getvalue().splitlines()]
    )


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_child" not in request.fixturenames:
        monkeypatch.setattr(source, "read", read_here)


@pytest.fixture
def real_child() -> None:
    """Let this test read through the child process, as in production."""
