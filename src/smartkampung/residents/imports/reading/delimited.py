"""Rows of a text file: commas, semicolons or tabs; any common encoding and line end."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Protocol

from smartkampung.residents.imports.reading.cells import Cell
from smartkampung.residents.imports.reading.records import Defect, Unusable

DELIMITERS = ";,\t|"
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
FALLBACK = "smartkampung-old-windows"


class _Counter(Protocol):
    done: int


def _old_windows(error: UnicodeError) -> tuple[str, int]:
    # Bytes that are not UTF-8 come from an old Windows program: read them its way.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252", "replace"), error.end


codecs.register_error(FALLBACK, _old_windows)


class Replay(io.RawIOBase):
    """The bytes already looked at, then the rest of the stream; counts and limits."""

    def __init__(
        self, head: bytes, stream: BinaryIO, *, most: int, progress: _Counter
    ) -> None:
        self._head, self._stream = head, stream
        self._most, self._progress = most, progress

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the next bytes."""
        piece = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(piece)] = piece
        self._progress.done += len(piece)
        if self._progress.done > self._most:
            raise Unusable(Defect.TOO_BIG, megabytes=self._most // (1024 * 1024))
        return len(piece)


def read_delimited(
    stream: io.RawIOBase, head: bytes
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of a text file with their numbers; all cells are text."""
    encoding = next(
        (name for bom, name in BOMS.items() if head.startswith(bom)), "utf-8"
    )
    sample = head.decode(
        encoding, FALLBACK if encoding.startswith("utf-8") else "replace"
    )
    if "\0" in sample:
        raise Unusable(Defect.NOT_A_TABLE)
    errors = FALLBACK if encoding.startswith("utf-8") else "replace"
    lines = io.TextIOWrapper(
        io.BufferedReader(stream, 1 << 20), encoding=encoding, errors=errors, newline=""
    )
    reader = csv.reader(_of_text(lines), delimiter=_delimiter(sample))
    line = 0
    try:
        for line, row in enumerate(reader, start=1):
            yield line, list[Cell](row)
    except csv.Error:
        raise Unusable(Defect.DAMAGED, line=line + 1) from None


def _of_text(lines: Iterable[str]) -> Iterator[str]:
    """Pass lines on; the first with NUL, which no table keeps, refuses the file."""
    for line, text in enumerate(lines, start=1):
        if "\0" in text:
            raise Unusable(Defect.NOT_TEXT, line=line)
        yield text


def _delimiter(sample: str) -> str:
    first = next((line for line in sample.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    unquoted = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=unquoted.count)
