"""The child: a file on standard input, lines of JSON on standard output.

First a ``head`` for each sheet, then ``rows`` by the thousand, at the end ``end``; or
``unusable`` at any point. Never prints what stands in the file to standard error.
"""

import gc
import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TextIO

from smartkampung.residents.imports.reading import layouts
from smartkampung.residents.imports.reading.cells import Cell
from smartkampung.residents.imports.reading.columns import (
    Header,
    Layout,
    find_header,
    slug,
)
from smartkampung.residents.imports.reading.confirmed import CaseReader
from smartkampung.residents.imports.reading.days import DAYS
from smartkampung.residents.imports.reading.lists import (
    AccountReader,
    AffectedReader,
    DecileReader,
    FigureReader,
    RecipientReader,
    read_programme,
)
from smartkampung.residents.imports.reading.people import PeopleReader
from smartkampung.residents.imports.reading.records import (
    Defect,
    Format,
    PersonDraft,
    Rejected,
    Unusable,
)
from smartkampung.residents.imports.reading.tables import Limits, Sheet, sheets

ROWS_AT_ONCE = 4_000
MEMORY = 4 * 1024**3
SECONDS = 1_800
END_MARK = "###"
Say = Callable[[dict[str, Any]], None]
LAYOUTS = {
    Format.OPENSID: layouts.OPENSID,
    Format.OPENDK: layouts.OPENDK,
    Format.PEOPLE: layouts.PEOPLE,
    Format.DECILE: layouts.DECILE,
    Format.ACCOUNTS: layouts.ACCOUNTS,
    Format.REVENUE: layouts.REVENUE,
    Format.VISITS: layouts.VISITS,
    Format.BUSINESSES: layouts.BUSINESSES,
    Format.AFFECTED: layouts.AFFECTED,
    Format.CASES: layouts.CASES,
    **DAYS,
}
FIGURES = (Format.REVENUE, Format.VISITS, Format.BUSINESSES, *DAYS)
PERSON, FAMILY = "1", "2"


def main() -> None:
    """Read one file as the arguments say: format and today's date."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # a short life, and all that is made is in use
    try:
        tell(sys.stdin.buffer, sys.stdout, Format(sys.argv[1]), today=sys.argv[2])
    except BrokenPipeError:
        sys.exit(0)  # the parent has heard enough


def tell(stream: BinaryIO, out: TextIO, kind: Format, *, today: str) -> None:
    """Write everything a file says; a file that cannot be used is said, not raised."""

    def say(frame: dict[str, Any]) -> None:
        out.write(json.dumps(frame, separators=(",", ":")))
        out.write("\n")

    try:
        found = sheets(stream, Limits())
        if kind is Format.RECIPIENTS:
            _tell_recipients(found, say)
        else:
            _tell_lists(found, say, kind, today)
        say({"end": True})
    except Unusable as error:
        say({"unusable": error.defect.value, "details": error.details})
    except MemoryError:
        say({"unusable": Defect.TOO_HEAVY.value, "details": {}})
    out.flush()


def _tell_lists(found: Iterator[Sheet], say: Say, kind: Format, today: str) -> None:
    """Tell every sheet that has the columns of the format; there must be one."""
    problem: Unusable | None = None
    told = False
    for sheet in found:
        if slug(sheet.name) in layouts.SKIPPED_SHEETS:
            continue
        try:
            header, rows = find_header(sheet.rows, LAYOUTS[kind])
        except Unusable as error:
            if error.defect not in (Defect.NO_HEADER, Defect.COLUMNS_MISSING):
                raise
            problem = _worse(problem, error)
            continue
        _say_head(say, sheet, header, LAYOUTS[kind])
        reader = _reader(kind, header, today)
        _tell_rows(sheet, rows, reader, say)
        told = True
    if not told:
        raise problem or Unusable(
            Defect.NO_HEADER, columns=LAYOUTS[kind].titles(LAYOUTS[kind].required)
        )


def _reader(kind: Format, header: Header, today: str) -> Any:
    if kind is Format.DECILE:
        return DecileReader(header)
    if kind is Format.ACCOUNTS:
        return AccountReader(header)
    if kind in FIGURES:
        return FigureReader(header)
    if kind is Format.AFFECTED:
        return AffectedReader(header, today=today)
    if kind is Format.CASES:
        return CaseReader(header, today=today)
    return PeopleReader(header, today=today)


def _worse(before: Unusable | None, now: Unusable) -> Unusable:
    """The sheet that comes nearest to the format is the one to speak of."""
    if before is None or before.defect is Defect.NO_HEADER:
        return now
    return before


def _say_head(
    say: Say, sheet: Sheet, header: Header, layout: Layout, **more: Any
) -> None:
    say(
        {
            "head": {
                "sheet": sheet.name,
                "titles": header.cells,
                "places": header.places,
                "unknown": header.unknown,
                "absent": layout.titles(
                    set(layout.names.values()) - header.places.keys()
                ),
                **more,
            }
        }
    )


def _tell_rows(
    sheet: Sheet, rows: Iterator[tuple[int, list[Cell]]], reader: Any, say: Say
) -> None:
    batch: list[Any] = []
    rejected: list[Any] = []
    noted: list[Any] = []
    card = ""
    for line, row in rows:
        if not any(row):
            continue
        if END_MARK in row[:2]:
            break
        draft, note = reader.read(line, row)
        if isinstance(draft, Rejected):
            rejected.append(draft)
        else:
            # A family stays in one batch where the file keeps it together.
            full = len(batch) + len(rejected) >= ROWS_AT_ONCE
            same = isinstance(draft, PersonDraft) and draft.kk and draft.kk == card
            if full and (not same or len(batch) >= 2 * ROWS_AT_ONCE):
                _say_rows(say, sheet, batch, rejected, noted)
                batch, rejected, noted = [], [], []
            batch.append(draft)
            card = getattr(draft, "kk", "")
        if note:
            noted.append(note)
    _say_rows(say, sheet, batch, rejected, noted)


def _say_rows(
    say: Say, sheet: Sheet, batch: list[Any], rejected: list[Any], noted: list[Any]
) -> None:
    say(
        {
            "rows": batch,
            "rejected": rejected,
            "noted": noted,
            "done": sheet.progress.done,
            "total": sheet.total,
        }
    )


def _tell_recipients(found: Iterator[Sheet], say: Say) -> None:
    programme: dict[str, str] | None = None
    for sheet in found:
        if slug(sheet.name) == "program":
            programme = read_programme(sheet.rows)
        elif slug(sheet.name) == "peserta":
            if programme is None:
                raise Unusable(Defect.NO_PROGRAMME_SHEET)
            if programme.get("target") not in (PERSON, FAMILY):
                raise Unusable(Defect.TARGET_UNKNOWN)
            header, rows = find_header(sheet.rows, layouts.RECIPIENTS)
            _say_head(say, sheet, header, layouts.RECIPIENTS, programme=programme)
            family = programme["target"] == FAMILY
            _tell_rows(sheet, rows, RecipientReader(header, family=family), say)
            return
    raise Unusable(
        Defect.NO_PROGRAMME_SHEET if programme is None else Defect.NO_RECIPIENT_SHEET
    )


if __name__ == "__main__":
    main()
