"""The small language of letters: words, rows and fields, and nothing that acts.

A blank line ends a paragraph. ``# Words`` is a heading, ``- words`` an item of a list,
``Label : {field}`` a row. ``{field}`` prints a registered field; one that is a table
stands alone on its line. Whatever looks like code is refused where it stands.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from smartkampung.letters.catalogue.rules.fields import Field, FieldKind

LONGEST_BODY, LONGEST_LINE = 12_000, 1_000
_ROW = re.compile(r"^(?![#-] )(?P<label>[^:]*?)(?:\s|^):\s(?P<value>.*)$")
_PIECES = re.compile(r"\{(?P<name>[^{}]*)\}")
_CODE = re.compile(
    r"\{[{%#]|[%#}]\}|\\|`|<[%?!/a-zA-Z]|\$\{|#(?=[^\s\d#]|#)|^#(?=\d)|\$[^$\d\s][^$]*\$"
)
_NAME = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")


class Fault(StrEnum):
    """What is wrong with a body, where it stands."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LINE_TOO_LONG = "line_too_long"
    CODE = "code"
    HIDDEN = "hidden"
    UNKNOWN_FIELD = "unknown_field"
    OPEN_BRACE = "open_brace"
    TABLE_NOT_ALONE = "table_not_alone"
    FIELD_IN_LABEL = "field_in_label"
    NO_LABEL = "no_label"
    NO_WORDS = "no_words"
    MAY_BE_EMPTY = "may_be_empty"


class MarkupFault(NamedTuple):
    """One fault: its line and column from 1, what stands there, what may be meant."""

    fault: Fault
    line: int
    column: int
    what: str = ""
    meant: str = ""


class MarkupFaults(ValueError):
    """A body with its faults, all of them, in the order of reading."""

    def __init__(self, faults: list[MarkupFault]) -> None:
        super().__init__("; ".join(f"{f.fault} {f.line}:{f.column}" for f in faults))
        self.faults = faults


@dataclass(frozen=True)
class Slot:
    """A place where a field is printed."""

    name: str


Words = tuple[str | Slot, ...]


@dataclass(frozen=True)
class Paragraph:
    """Words that are set as one paragraph."""

    words: Words


@dataclass(frozen=True)
class Heading:
    """A line above what follows."""

    words: Words


@dataclass(frozen=True)
class Rows:
    """Labels with what stands beside them, in two columns."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Table:
    """A field that is a table."""

    name: str


Block = Paragraph | Heading | Rows | Items | Table


def parse(text: str, known: Mapping[str, Field]) -> tuple[Block, ...]:
    """Return the blocks of a body; raise MarkupFaults with all that is wrong."""
    reader = _Reader(known)
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(number, line)
    reader.end()
    if not text.strip():
        reader.fault(Fault.EMPTY, 1, 1)
    if len(text) > LONGEST_BODY:
        reader.fault(Fault.TOO_LONG, text[:LONGEST_BODY].count("\n") + 1, 1)
    if reader.faults:
        raise MarkupFaults(sorted(reader.faults, key=lambda f: (f.line, f.column)))
    return tuple(reader.blocks)


def slots(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the names of all fields that a body prints."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, Table):
            found.add(block.name)
        for words in _words(block):
            found |= {piece.name for piece in words if isinstance(piece, Slot)}
    return frozenset(found)


def _words(block: Block) -> list[Words]:
    if isinstance(block, Paragraph | Heading):
        return [block.words]
    if isinstance(block, Rows):
        return [words for _label, words in block.rows]
    return list(block.items) if isinstance(block, Items) else []


class _Reader:
    """Reads a body line by line and keeps going after a fault."""

    def __init__(self, known: Mapping[str, Field]) -> None:
        self.known = known
        self.blocks: list[Block] = []
        self.faults: list[MarkupFault] = []
        self._sentence: list[str | Slot] = []
        self._rows: list[tuple[str, Words]] = []
        self._items: list[Words] = []

    def fault(
        self, fault: Fault, line: int, column: int, what: str = "", meant: str = ""
    ) -> None:
        self.faults.append(MarkupFault(fault, line, column, what, meant))

    def read(self, number: int, line: str) -> None:
        if self._forbidden(number, line):
            return
        words = line.strip()
        start = len(line) - len(line.lstrip())
        if not words:
            self.end()
        elif words in {"#", "-"}:
            self.fault(Fault.NO_WORDS, number, start + 1, words)
        elif self._table(words):
            self.end()
            self.blocks.append(Table(words[1:-1].strip()))
        elif row := _ROW.match(words):
            self._row(number, start, row)
        else:
            self._line(number, start, words)

    def _line(self, number: int, start: int, words: str) -> None:
        if words.startswith("# "):
            self.end()
            self.blocks.append(Heading(self._pieces(number, start + 2, words[2:])))
        elif words.startswith("- "):
            self._keep("_items")
            self._items.append(self._pieces(number, start + 2, words[2:], row=True))
        else:
            self._keep("_sentence")
            if self._sentence:
                self._sentence.append(" ")
            self._sentence.extend(self._pieces(number, start, words))

    def end(self) -> None:
        """Close what was being read."""
        if self._sentence:
            self.blocks.append(Paragraph(tuple(self._sentence)))
        if self._rows:
            self.blocks.append(Rows(tuple(self._rows)))
        if self._items:
            self.blocks.append(Items(tuple(self._items)))
        self._sentence, self._rows, self._items = [], [], []

    def _keep(self, name: str) -> None:
        """Close everything but the block that goes on."""
        if not getattr(self, name):
            self.end()

    def _row(self, number: int, start: int, row: re.Match[str]) -> None:
        self._keep("_rows")
        label = row["label"].strip()
        if not label:
            self.fault(Fault.NO_LABEL, number, start + 1)
        if "{" in label or "}" in label:
            self.fault(Fault.FIELD_IN_LABEL, number, start + 1, label)
        value = row["value"].strip()
        column = start + row.start("value")
        self._rows.append((label, self._pieces(number, column, value, row=True)))

    def _forbidden(self, number: int, line: str) -> bool:
        before = len(self.faults)
        if len(line) > LONGEST_LINE:
            self.fault(Fault.LINE_TOO_LONG, number, LONGEST_LINE)
        for column, sign in enumerate(line, 1):
            if sign != "\t" and unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"}:
                self.fault(Fault.HIDDEN, number, column, f"U+{ord(sign):04X}")
        for found in _CODE.finditer(line):
            what = line[found.start() : found.start() + 12].split(maxsplit=1)[0]
            self.fault(Fault.CODE, number, found.start() + 1, what)
        return len(self.faults) > before

    def _table(self, words: str) -> bool:
        name = words[1:-1].strip() if words[0] == "{" and words[-1] == "}" else ""
        return name in self.known and self.known[name].kind is FieldKind.TABLE

    def _pieces(
        self, number: int, start: int, words: str, *, row: bool = False
    ) -> Words:
        pieces: list[str | Slot] = []
        at = 0
        for found in _PIECES.finditer(words):
            self._text(number, start + at, words[at : found.start()], pieces)
            self._slot(number, start + found.start(), found["name"], pieces, row=row)
            at = found.end()
        self._text(number, start + at, words[at:], pieces)
        return tuple(pieces)

    def _text(
        self, number: int, start: int, words: str, pieces: list[str | Slot]
    ) -> None:
        brace = next((at for at, sign in enumerate(words) if sign in "{}"), None)
        if brace is not None:
            self.fault(
                Fault.OPEN_BRACE, number, start + brace + 1, words[brace : brace + 20]
            )
        if words:
            pieces.append(words)

    def _slot(
        self,
        number: int,
        start: int,
        written: str,
        pieces: list[str | Slot],
        *,
        row: bool,
    ) -> None:
        name = written.strip()
        field = self.known.get(name)
        if field is None:
            close = get_close_matches(name, self.known, 1) if _NAME.match(name) else []
            meant = close[0] if close else ""
            self.fault(Fault.UNKNOWN_FIELD, number, start + 1, name, meant)
        elif field.kind is FieldKind.TABLE:
            self.fault(Fault.TABLE_NOT_ALONE, number, start + 1, name)
        elif not field.required and not row:
            self.fault(Fault.MAY_BE_EMPTY, number, start + 1, name)
        else:
            pieces.append(Slot(name))
