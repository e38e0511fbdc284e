"""What an import leaves for people to see: rows, reviews, rejected rows as a file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartkampung.residents.imports import boxes
from smartkampung.residents.imports.findings import Finding, Outcome
from smartkampung.residents.imports.giving_back import row_of
from smartkampung.residents.imports.models import Import, ImportReview, ImportRow
from smartkampung.residents.imports.rejections import RejectionBook
from smartkampung.residents.imports.source import Batch
from smartkampung.residents.imports.words import masked

MOST_CHANGES = 1_000  # told on the command line
ALL = frozenset(ImportRow.Outcome.values)
ASKS_A_HUMAN = frozenset(
    {ImportRow.Outcome.REJECTED.value, ImportRow.Outcome.REVIEW.value}
)


def settle(findings: list[Finding]) -> None:
    """Let rows stand unchanged whose contradiction a human has decided before."""
    open_ones = [f for f in findings if f.outcome is Outcome.REVIEW]
    if not open_ones:
        return
    prints = {id(f): boxes.review_print(f, boxes.village_of(f, "")) for f in open_ones}
    decided = ImportReview.objects.filter(
        fingerprint__in=list(prints.values()), decided_at__isnull=False
    )
    known = {bytes(value) for value in decided.values_list("fingerprint", flat=True)}
    for finding in open_ones:
        if prints[id(finding)] in known:
            finding.outcome, finding.review = Outcome.UNCHANGED, ""


@dataclass(frozen=True)
class ChangedRow:
    """A row of which something changes, as the command line tells it."""

    sheet: str
    finding: Finding

    def __str__(self) -> str:
        name = boxes.draft_of(self.finding).name
        changes = "; ".join(
            f"{row['field']}: {row['old'] or '-'} -> {row['new'] or '-'}"
            for row in self.as_dict()["changes"]
        )
        return f"{self.finding.line} {name}: {changes}"

    def as_dict(self) -> dict[str, Any]:
        """Return plain values; numbers of people are masked."""
        return {
            "sheet": self.sheet,
            "line": self.finding.line,
            "outcome": self.finding.outcome.value,
            "changes": [
                {
                    "field": change.field,
                    "old": masked(change.field, str(change.old)),
                    "new": masked(change.field, str(change.new)),
                }
                for change in self.finding.changes
            ],
        }


class Recorder:
    """Keeps, batch by batch, what ``store`` names of an import; and its reviews."""

    def __init__(
        self,
        batch: Import | None,
        *,
        store: Collection[str],
        reviews_at: datetime | None = None,
    ) -> None:
        self._import, self._store, self._reviews_at = batch, store, reviews_at
        self.rejections = RejectionBook()
        self.changes: list[ChangedRow] = []

    def keep(self, batch: Batch, findings: list[Finding]) -> None:
        """Keep one batch."""
        head = batch.head
        for rejected in batch.rejected:
            self.rejections.add(head, rejected.raw, rejected.issues)
        for finding in findings:
            if finding.outcome is Outcome.REJECTED:
                draft = boxes.draft_of(finding)
                raw = row_of(draft, head.places, len(head.titles))
                self.rejections.add(head, raw, [finding.issue])
            elif finding.changes and len(self.changes) < MOST_CHANGES:
                self.changes.append(ChangedRow(head.sheet, finding))
        if self._import is None:
            return
        self._keep_rows(batch, findings, self._import.pk)
        if self._reviews_at is not None:
            self._open_reviews(batch, findings, self._import, self._reviews_at)

    def _keep_rows(self, batch: Batch, findings: list[Finding], key: int) -> None:
        rows = [
            boxes.of_finding(key, batch.head, finding)
            for finding in findings
            if finding.outcome.value in self._store
        ]
        if ImportRow.Outcome.REJECTED in self._store:
            rows += [boxes.of_rejected(key, batch.head, row) for row in batch.rejected]
        if ImportRow.Outcome.NOTED in self._store:
            rows += [boxes.of_noted(key, batch.head, row) for row in batch.noted]
        ImportRow.objects.bulk_create(rows, batch_size=2_000)

    def _open_reviews(
        self, batch: Batch, findings: list[Finding], imported: Import, at: datetime
    ) -> None:
        rows = []
        for finding in findings:
            if finding.outcome is not Outcome.REVIEW:
                continue
            village = boxes.village_of(finding, imported.region_code)
            rows.append(
                ImportReview(
                    batch=imported,
                    kind=finding.review,
                    line=finding.line,
                    region_code=village,
                    other_region=".".join(finding.other_region.split(".")[:4]),
                    person_id=finding.person_id,
                    box=boxes.review_box(batch.head, finding, village),
                    fingerprint=boxes.review_print(
                        finding, boxes.village_of(finding, "")
                    ),
                    opened_at=at,
                )
            )
        ImportReview.objects.bulk_create(rows, ignore_conflicts=True)
