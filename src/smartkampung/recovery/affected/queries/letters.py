"""What a letter about a registration says, by the mark in its QR code."""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from smartkampung.kernel.rls import as_job
from smartkampung.recovery.affected.models import Verdict

SALT = "affected-letter"


@dataclass(frozen=True)
class Decided:
    """A decision as its letter says it; nothing personal."""

    number: int
    accepted: bool
    kind: str
    decided_at: datetime
    region_code: str


def mark_of(verdict: Verdict) -> str:
    """Return the mark in the QR code of a letter, which nobody else can make."""
    return Signer(salt=SALT, sep=".").sign(str(verdict.pk))


def decided(mark: str) -> Decided | None:
    """Return what the letter with a mark says; nothing when it is none of ours."""
    try:
        pk = int(Signer(salt=SALT, sep=".").unsign(mark))
    except BadSignature:
        return None
    with as_job():
        row = Verdict.objects.select_related("affected").get(pk=pk)
    case = row.affected
    return Decided(case.pk, row.accepted, case.kind, row.decided_at, case.region_code)
