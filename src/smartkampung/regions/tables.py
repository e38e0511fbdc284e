"""Reads CSV files that people made, and says exactly what is wrong with one."""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from smartkampung.kernel.errors import Refused

GZIP = b"\x1f\x8b"


class BadTable(Refused):
    """A file that cannot be loaded; the message names file, line and column."""

    code = "bad_table"


@dataclass(frozen=True)
class Line:
    """One line of a table; reading a field that is unfit raises ``BadTable``."""

    file: str
    number: int
    fields: Mapping[str, str | None]

    def text(self, *names: str, longest: int = 120) -> str:
        """Return the first of these columns that is there; it may not be empty."""
        value = self.optional(*names)
        if not value:
            raise self.wrong(names[0], _("it is empty"))
        if len(value) > longest:
            raise self.wrong(names[0], _("it is longer than %d letters") % longest)
        return value

    def optional(self, *names: str) -> str:
        """Return the first of these columns that is there, else an empty text."""
        for name in names:
            value = self.fields.get(name)
            if value is not None:
                return value.strip()
        return ""

    def decimal(self, name: str) -> float | None:
        """Return a number with a decimal point; empty means not known."""
        value = self.optional(name)
        if not value:
            return None
        try:
            return float(value)
        except ValueError:
            raise self.wrong(name, _("“%s” is not a number") % value[:40]) from None

    def wrong(self, column: str, why: str) -> BadTable:
        """Return the refusal that points at one cell of this line."""
        return BadTable(
            _("%(file)s, line %(line)d, column %(column)s: %(why)s.")
            % {
                "file": self.file,
                "line": self.number,
                "column": column,
                "why": why,
            }
        )


def lines(path: Path, *needed: tuple[str, ...]) -> Iterator[Line]:
    """Read a CSV file, gzipped or not, line by line.

    Each of ``needed`` names one column, by any of its accepted names. Raises
    ``BadTable`` when the file is missing, is no CSV in UTF-8, or lacks a column.
    """
    try:
        with _open(path) as file:
            reader = csv.DictReader(file, strict=True)
            _refuse_missing_columns(path.name, reader.fieldnames or [], needed)
            for fields in reader:
                yield Line(path.name, reader.line_num, fields)
    except OSError as error:
        why = error.strerror or str(error)
        raise BadTable(
            _("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": why}
        ) from None
    except (UnicodeDecodeError, csv.Error, EOFError):
        raise BadTable(
            _("%s is not a CSV file in UTF-8. Save it again as “CSV UTF-8”.")
            % path.name
        ) from None


def _open(path: Path) -> IO[str]:
    with path.open("rb") as file:
        zipped = file.read(2) == GZIP
    if zipped:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _refuse_missing_columns(
    name: str, found: Sequence[str], needed: tuple[tuple[str, ...], ...]
) -> None:
    for names in needed:
        if not set(names) & set(found):
            raise BadTable(
                _("%(file)s has no column “%(column)s”. Its columns are: %(found)s.")
                % {
                    "file": name,
                    "column": names[0],
                    "found": ", ".join(found)[:200] or "-",
                }
            )
