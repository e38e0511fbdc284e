"""Where uploaded files wait: sealed, under random names, outside the web root."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import keyring
from smartkampung.kernel.sealed_files import open_file, seal_file

FOLDER = "sealed"


class Measured:
    """Passes a stream on and knows its size and a print of its content so far.

    Raises ``too_large`` before it passes on more than ``most`` bytes.
    """

    def __init__(
        self,
        blocks: Iterable[bytes],
        *,
        most: int | None = None,
        too_large: Refused | None = None,
    ) -> None:
        self._blocks, self._hash = blocks, hashlib.sha256()
        self._most, self._too_large = most, too_large
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self._hash.update(block)
            self.size += len(block)
            if self._too_large and self._most is not None and self.size > self._most:
                raise self._too_large
            yield block

    def print(self) -> bytes:
        """Return the keyed print by which the same content is known again."""
        return keyring().index(self._hash.hexdigest(), "import-file")


def keep(blocks: Iterable[bytes], *, folder: str = FOLDER) -> str:
    """Seal a file; return the random name under which it lies.

    A ``folder`` of one's own is not swept by ``forget_strays``.
    """
    name = f"{folder}/{uuid.uuid4().hex}"
    seal_file(_path(name), blocks)
    return name


def blocks_of(name: str) -> Iterator[bytes]:
    """Yield the plain pieces of a kept file."""
    return open_file(_path(name))


def forget(*names: str) -> None:
    """Delete kept files; nothing when they are gone already."""
    for name in filter(None, names):
        _path(name).unlink(missing_ok=True)


def forget_strays(*, known: Collection[str], older_than: datetime) -> int:
    """Delete files that no row names: those of a killed upload. Return how many."""
    strays = [
        path
        for path in _path(FOLDER).glob("*")
        if f"{FOLDER}/{path.name}" not in known
        and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _path(name: str) -> Path:
    return Path(settings.UPLOADS) / name
