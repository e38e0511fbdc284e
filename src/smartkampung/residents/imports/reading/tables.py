"""From bytes to sheets of rows, whatever the file is; refuses what it is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from smartkampung.residents.imports.reading import workbook
from smartkampung.residents.imports.reading.cells import Cell
from smartkampung.residents.imports.reading.delimited import Replay, read_delimited
from smartkampung.residents.imports.reading.records import Defect, Unusable

MB = 1024 * 1024
PEEK = 64 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NOT_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)
TABLE_ENDINGS = (".xlsx", ".xlsm", ".csv")


@dataclass(frozen=True)
class Limits:
    """How much a file may hold. Text is read as it streams, so it may be larger."""

    workbook: int = 200 * MB
    text: int = 2_000 * MB
    unpacked: int = 3_000 * MB


@dataclass
class Sheet:
    """One sheet: its rows with their numbers, and how far reading is."""

    name: str
    rows: Iterator[tuple[int, list[Cell]]]
    total: int
    progress: Progress


@dataclass
class Progress:
    """How many units (rows of a workbook, bytes of a text) were read."""

    done: int = 0


def sheets(stream: BinaryIO, limits: Limits) -> Iterator[Sheet]:
    """Yield the sheets of a file, hidden ones too; raise Unusable with the reason."""
    head = stream.read(PEEK)
    if not head.strip():
        raise Unusable(Defect.EMPTY)
    if head.startswith((ZIP, EMPTY_ZIP)):
        yield from _zipped(_all(head, stream, limits.workbook), limits)
    elif head.startswith(OLE):
        body = _all(head, stream, limits.workbook)
        raise Unusable(Defect.LOCKED if ENCRYPTED in body else Defect.OLD_WORKBOOK)
    elif (
        head.lstrip()[:15].lower().startswith((b"<html", b"<!doctype html", b"<table"))
    ):
        raise Unusable(Defect.WEB_PAGE)
    elif head.startswith(NOT_TABLES):
        raise Unusable(Defect.NOT_A_TABLE)
    else:
        yield _text(head, stream, limits)


def _all(head: bytes, stream: BinaryIO, most: int) -> bytes:
    body = head + stream.read(most + 1 - len(head))
    if len(body) > most:
        raise Unusable(Defect.TOO_BIG, megabytes=most // MB)
    return body


def _text(head: bytes, stream: BinaryIO, limits: Limits) -> Sheet:
    progress = Progress()
    replay = Replay(head, stream, most=limits.text, progress=progress)
    return Sheet("", read_delimited(replay, head), 0, progress)


def _zipped(body: bytes, limits: Limits) -> Iterator[Sheet]:
    archive = workbook.opened(body, unpacked=limits.unpacked)
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        for name, total, rows in workbook.read(body, archive):
            progress = Progress()
            yield Sheet(name, _counted(rows, progress), total, progress)
        return
    inner = [
        name
        for name in names
        if name.lower().endswith(TABLE_ENDINGS) and not name.startswith("__MACOSX")
    ]
    if not inner:
        raise Unusable(Defect.NO_TABLE_IN_ZIP)
    yield from _packed(archive, _likeliest(inner), limits)


def _likeliest(names: list[str]) -> str:
    """The sync archive of a village holds photos and one table of people."""
    return next((name for name in names if "penduduk" in name.lower()), names[0])


def _packed(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[Sheet]:
    try:
        body = archive.read(name)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        raise Unusable(Defect.DAMAGED) from None
    if body.startswith(ZIP) and "xl/workbook.xml" not in _names(body, limits):
        raise Unusable(Defect.NO_TABLE_IN_ZIP)
    yield from sheets(io.BytesIO(body), limits)


def _names(body: bytes, limits: Limits) -> list[str]:
    return workbook.opened(body, unpacked=limits.unpacked).namelist()


def _counted(
    rows: Iterator[list[Cell]], progress: Progress
) -> Iterator[tuple[int, list[Cell]]]:
    for line, row in enumerate(rows, start=1):
        progress.done = line
        yield line, row
