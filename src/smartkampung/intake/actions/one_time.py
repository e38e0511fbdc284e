"""Six digits to a recorded phone prove that its holder is asking."""

import hmac
import secrets
from datetime import datetime

from django.db import transaction

from smartkampung.intake.models import OneTimeCode
from smartkampung.intake.rules import ONE_TIME_LIFE, ONE_TIME_TRIES, new_one_time_code
from smartkampung.kernel.sealed import INDEX_BYTES, blind_index

# As long as a fingerprint, of which the first byte is a version.
HASH_BYTES = INDEX_BYTES + 1


def issue_code(*, purpose: str, subject: str, at: datetime) -> str:
    """Return a new code for a subject; codes issued before no longer open anything."""
    code = new_one_time_code()
    _keep(purpose, subject, _hash(purpose, subject, code), at)
    return code


def issue_decoy(*, purpose: str, subject: str, at: datetime) -> None:
    """Keep what every typed code is wrong for, and costs the same steps as any other.

    For subjects that nobody may come in by, and nobody may tell apart.
    """
    _keep(purpose, subject, secrets.token_bytes(HASH_BYTES), at)


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


def _keep(purpose: str, subject: str, code_hash: bytes, at: datetime) -> None:
    OneTimeCode.objects.update_or_create(
        purpose=purpose,
        subject=subject,
        defaults={
            "code_hash": code_hash,
            "sent_at": at,
            "expires_at": at + ONE_TIME_LIFE,
            "tries_left": ONE_TIME_TRIES,
            "spent_at": None,
        },
    )


def _hash(purpose: str, subject: str, code: str) -> bytes:
    return blind_index(f"{purpose}:{subject}:{code}", "one_time_code")
