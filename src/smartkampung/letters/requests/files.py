"""Letters as they were signed, sealed on the disk."""

import uuid
from datetime import date
from pathlib import Path

from django.conf import settings

from smartkampung.kernel.sealed_files import open_file, seal_file

FOLDER = "letters"


def keep(pdf: bytes, *, on: date) -> str:
    """Seal a signed letter; return the name under which it lies."""
    name = f"{on:%Y/%m}/{uuid.uuid4().hex}"
    seal_file(_path(name), [pdf])
    return name


def read(name: str) -> bytes:
    """Return a letter as it was signed; raise InvalidTag when the file was altered."""
    return b"".join(open_file(_path(name)))


def forget(name: str) -> None:
    """Delete a file whose letter never came to be."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.HOME) / FOLDER / name
