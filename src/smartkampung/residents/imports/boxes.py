"""What is kept of single rows for people to look at: one sealed text a row."""

import json
from typing import Any

from smartkampung.kernel.sealed import Sealed, keyring
from smartkampung.residents.imports.findings import Finding
from smartkampung.residents.imports.models import ROW, ImportRow
from smartkampung.residents.imports.reading.records import Issue, Noted, Rejected
from smartkampung.residents.imports.ready import Ready
from smartkampung.residents.imports.source import Head

REVIEW = "import-review"
Outcome = ImportRow.Outcome


def draft_of(finding: Finding) -> Any:
    """Return the row as the file told it."""
    draft = finding.draft
    return draft.draft if isinstance(draft, Ready) else draft


def village_of(finding: Finding, scope: str) -> str:
    """Return the village that a row belongs to."""
    draft = finding.draft
    return draft.village if isinstance(draft, Ready) and draft.village else scope


def of_finding(batch_id: int, head: Head, finding: Finding) -> ImportRow:
    """Return the row to store for a finding."""
    draft = draft_of(finding)
    content = {
        "sheet": head.sheet,
        "name": draft.name,
        "draft": list(draft),
        "changes": [list(change) for change in finding.changes],
        "review": str(finding.review),
        "issues": [finding.issue] if finding.issue else [],
    }
    return _row(
        batch_id, finding.outcome.value, finding.line, content, finding.person_id
    )


def of_rejected(batch_id: int, head: Head, rejected: Rejected) -> ImportRow:
    """Return the row to store for one that could not be read."""
    place = head.places.get("nama")
    raw = rejected.raw
    name = raw[place] if place is not None and place < len(raw) else ""
    content = {"sheet": head.sheet, "name": name, "issues": rejected.issues}
    return _row(batch_id, Outcome.REJECTED.value, rejected.line, content)


def of_noted(batch_id: int, head: Head, noted: Noted) -> ImportRow:
    """Return the row to store for cells that were left out of a row that was taken."""
    content = {"sheet": head.sheet, "name": "", "issues": noted.issues}
    return _row(batch_id, Outcome.NOTED.value, noted.line, content)


def review_box(head: Head, finding: Finding, village: str) -> Sealed:
    """Return what a review must remember to be decided later."""
    content = {
        "sheet": head.sheet,
        "village": village,
        "draft": list(draft_of(finding)),
        "kind": type(draft_of(finding)).__name__,
    }
    return Sealed.of(json.dumps(content), ROW)


def review_print(finding: Finding, village: str) -> bytes:
    """Return the print by which the same contradiction is known again.

    It leaves out the line: the next file may have one more above.
    """
    said = [village, str(finding.review), finding.person_id, *draft_of(finding)[1:]]
    return keyring().index(json.dumps(said), REVIEW)


def opened(box: Sealed) -> dict[str, Any]:
    """Return what a sealed row holds."""
    content: dict[str, Any] = json.loads(box.open())
    content["issues"] = [Issue(*issue) for issue in content.get("issues", ())]
    return content


def _row(
    batch_id: int,
    outcome: str,
    line: int,
    content: dict[str, Any],
    person_id: int | None = None,
) -> ImportRow:
    return ImportRow(
        batch_id=batch_id,
        outcome=outcome,
        line=line,
        person_id=person_id,
        box=Sealed.of(json.dumps(content), ROW),
    )
