"""Reads a file in this very process, as the child does."""

import io
import json
from typing import Any

from smartkampung.residents.imports.reading.child import tell
from smartkampung.residents.imports.reading.records import Format, PersonDraft

TODAY = "2026-11-24"


def frames(data: bytes, kind: Format = Format.OPENSID) -> list[dict[str, Any]]:
    """Return everything that the child says about a file."""
    out = io.StringIO()
    tell(io.BytesIO(data), out, kind, today=TODAY)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def people(data: bytes, kind: Format = Format.OPENSID) -> list[PersonDraft]:
    """Return the people of a file; fails when a row was rejected."""
    told = frames(data, kind)
    assert not [row for frame in told for row in frame.get("rejected", ())], told
    return [PersonDraft(*row) for frame in told for row in frame.get("rows", ())]


def only(data: bytes, kind: Format = Format.OPENSID) -> PersonDraft:
    """Return the only person of a file."""
    (person,) = people(data, kind)
    return person


def issues(data: bytes, kind: Format = Format.OPENSID) -> list[tuple[str, str]]:
    """Return what was rejected: cell and fault."""
    return [
        (issue[1], issue[3])
        for frame in frames(data, kind)
        for row in frame.get("rejected", ())
        for issue in row[1]
    ]


def notes(data: bytes) -> list[tuple[str, str]]:
    """Return what was left out of rows that were taken: column and fault."""
    return [
        (issue[0], issue[3])
        for frame in frames(data)
        for row in frame.get("noted", ())
        for issue in row[1]
    ]


def unusable(data: bytes, kind: Format = Format.OPENSID) -> tuple[str, dict[str, Any]]:
    """Return why a file cannot be used."""
    last = frames(data, kind)[-1]
    return last["unusable"], last["details"]
