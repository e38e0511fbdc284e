"""Open something that a member of the public can follow, and move it on."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from smartkampung.intake.models import CaseStep
from smartkampung.intake.rules import CASE_LIFE, new_code
from smartkampung.kernel.sealed import blind_index

TRACKING = "tracking"
_OPEN = """
    WITH opened AS (
        INSERT INTO intake_trackedcase
            (code_hash, kind, opened_at, due_on, expires_at, region_code)
        VALUES (%(code)s, %(kind)s, %(at)s, %(due_on)s, %(expires_at)s, %(region_code)s)
    )
    INSERT INTO intake_casestep (case_id, step, at) VALUES (%(code)s, %(step)s, %(at)s)
"""


def code_hash(code: str) -> bytes:
    """Return the keyed hash under which a tracking code is kept."""
    return blind_index(code, TRACKING)


def open_case(
    *, kind: str, region_code: str, first_step: str, due_on: date | None, at: datetime
) -> str:
    """Begin a public timeline; return its code, which is shown once and never kept."""
    code = new_code()
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "code": code_hash(code),
                "kind": kind,
                "at": at,
                "due_on": due_on,
                "expires_at": at + CASE_LIFE,
                "region_code": region_code,
                "step": first_step,
            },
        )
    return code


def reach_step(*, code_hashes: Iterable[bytes], step: str, at: datetime) -> None:
    """Mark a step on several timelines; a step reached before keeps its first date."""
    CaseStep.objects.bulk_create(
        [CaseStep(case_id=found, step=step, at=at) for found in code_hashes],
        ignore_conflicts=True,
    )
