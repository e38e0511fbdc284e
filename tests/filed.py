"""Imports and exports as they stand on pages, without a file or a job behind them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.imports.models import ROW
from smartkampung.residents.imports.reading.records import PersonDraft
from smartkampung.residents.models import (
    Export,
    Import,
    ImportReview,
    ImportRow,
    Person,
)
from tests.cast import HERE

DRAFT = PersonDraft(
    line=2,
    village=HERE,
    nik="3510091204850003",
    name="I Wayan Sudarma",
    sex="L",
    born_on="1986-04-12",
)


@dataclass(frozen=True)
class Shown:
    """What one row of a preview is about."""

    outcome: str
    changes: tuple[tuple[str, object, object], ...] = ()
    issue: tuple[str, str, str, str, Mapping[str, object]] | None = None
    review: str = ""


def preview(*shown: Shown, state: str = "ready") -> Import:
    """Make the preview of a file of this village, with its rows."""
    rows = shown or (Shown("new"),)
    counts = dict.fromkeys(("new", "changed", "unchanged", "rejected", "review"), 0)
    for each in rows:
        counts[each.outcome] = counts.get(each.outcome, 0) + 1
    imported = Import.objects.create(
        format="opensid",
        region_code=HERE,
        file_name="penduduk.xlsx",
        file_size=1000,
        file_hash=b"hash",
        received_by="sari",
        received_at=now(),
        expires_at=now() + timedelta(days=7),
        state=state,
        counts=counts,
        columns={"unknown": ["hobi"], "absent": ["suku"]},
    )
    for line, each in enumerate(rows, start=2):
        content = {
            "sheet": "Data Penduduk",
            "name": DRAFT.name,
            "changes": each.changes,
            "issues": [each.issue] if each.issue else [],
            "review": each.review,
        }
        ImportRow.objects.create(
            batch=imported,
            outcome=each.outcome,
            line=line,
            box=Sealed.of(json.dumps(content), ROW),
        )
    return imported


def contradiction(
    imported: Import, person: Person | None, *, kind: str = "birth_date"
) -> ImportReview:
    """Make a review of a row that contradicts a person."""
    content = {
        "sheet": "",
        "village": HERE,
        "draft": list(DRAFT),
        "kind": "PersonDraft",
    }
    return ImportReview.objects.create(
        batch=imported,
        kind=kind,
        line=2,
        region_code=HERE,
        person=person,
        box=Sealed.of(json.dumps(content), ROW),
        fingerprint=b"print",
        opened_at=now(),
    )


def export_waiting(*, asked_by: str = "somebody") -> Export:
    """Make a large export that waits for a second person."""
    return Export.objects.create(
        region_code=HERE,
        format="xlsx",
        reason="laporan tahunan",
        people=3000,
        large=True,
        state="waiting",
        asked_by=asked_by,
        asked_at=now(),
        expires_at=now() + timedelta(days=7),
        mark="ABCDEF012345",
    )
