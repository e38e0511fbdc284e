"""Reads of intake: a case by its code, its steps, a kept photo."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from smartkampung.intake.models import DayQuota, TrackedCase, Upload
from smartkampung.intake.rules import read_code
from smartkampung.kernel.sealed import blind_indexes


@dataclass(frozen=True)
class Followed:
    """A case as its code opens it: nothing personal."""

    code_hash: bytes
    kind: str
    opened_at: datetime
    due_on: date | None
    region_code: str
    reached: dict[str, datetime]


def case_by_code(code: str, *, at: datetime) -> Followed | None:
    """Return the case that a typed code opens, or None when it opens nothing now."""
    printed = read_code(code)
    if printed is None:
        return None
    case = (
        TrackedCase.objects.filter(
            code_hash__in=blind_indexes(printed, "tracking"), expires_at__gt=at
        )
        .prefetch_related("steps")
        .first()
    )
    if case is None:
        return None
    return Followed(
        code_hash=bytes(case.code_hash),
        kind=case.kind,
        opened_at=case.opened_at,
        due_on=case.due_on,
        region_code=case.region_code,
        reached={step.step: step.at for step in case.steps.all()},
    )


def upload(upload_id: UUID) -> Upload:
    """Return a kept photo by id; raise DoesNotExist."""
    return Upload.objects.get(pk=upload_id)


def taken_on(scope: str, on: date) -> int:
    """Return how much of a daily quota all places together took on a day."""
    rows = DayQuota.objects.filter(scope=scope, on=on)
    return int(rows.aggregate(taken=Sum("taken"))["taken"] or 0)
