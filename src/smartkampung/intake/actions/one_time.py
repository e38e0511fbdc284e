"""Six digits to a recorded phone prove that its holder is asking."""

import hmac
from datetime import datetime

from django.db import transaction

from smartkampung.intake.models import OneTimeCode
from smartkampung.intake.rules import ONE_TIME_LIFE, ONE_TIME_TRIES, new_one_time_code
from smartkampung.kernel.sealed import blind_index


def issue_code(*, purpose: str, subject: str, at: datetime) -> str:
    """Return a new code for a subject; codes issued before no longer open anything."""
    code = new_one_time_code()
    OneTimeCode.objects.update_or_create(
        purpose=purpose,
        subject=subject,
        defaults={
            "code_hash": _hash(purpose, subject, code),
            "sent_at": at,
            "expires_at": at + ONE_TIME_LIFE,
            "tries_left": ONE_TIME_TRIES,
            "spent_at": None,
        },
    )
    return code


def use_code(*, purpose: str, subject: str, code: str, at: datetime) -> bool:
    """Say whether the code is right, and spend it; a wrong one costs a try.

    The same False for wrong, expired, spent and never sent. Callers let the
    transaction commit either way, or the try would be forgotten.
    """
    with transaction.atomic():
        row = (
            OneTimeCode.objects.select_for_update(no_key=True)
            .filter(purpose=purpose, subject=subject, spent_at=None)
            .first()
        )
        offered = _hash(purpose, subject, code)
        if row is None or row.expires_at <= at or row.tries_left == 0:
            return False
        if hmac.compare_digest(bytes(row.code_hash), offered):
            row.spent_at = at
        else:
            row.tries_left -= 1
        row.save(update_fields=["spent_at", "tries_left"])
        return row.spent_at is not None


def _hash(purpose: str, subject: str, code: str) -> bytes:
    return blind_index(f"{purpose}:{subject}:{code}", "one_time_code")
