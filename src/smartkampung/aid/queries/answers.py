"""Letters about what became of objections and grievances: is a printed one ours?"""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from smartkampung.aid.models import Grievance, Objection
from smartkampung.kernel.rls import as_job

SALT = "aid.answer"
OBJECTION, GRIEVANCE = "o", "g"


@dataclass(frozen=True)
class Answered:
    """What a letter of ours says, without a name: to compare with the paper.

    ``kind`` is that of a grievance, empty for an objection.
    """

    number: int
    kind: str
    outcome: str
    answered_at: datetime
    region_code: str


def mark_of_answer(row: Objection | Grievance) -> str:
    """Return the mark in the QR code of a letter, which nobody else can make."""
    letter = OBJECTION if isinstance(row, Objection) else GRIEVANCE
    return Signer(salt=SALT, sep=".").sign(f"{letter}{row.pk}")


def answered(mark: str) -> Answered | None:
    """Return what the letter with a mark says; nothing when it is none of ours."""
    try:
        name = Signer(salt=SALT, sep=".").unsign(mark)
    except BadSignature:
        return None
    with as_job():
        return (_objection if name[0] == OBJECTION else _grievance)(int(name[1:]))


def _objection(pk: int) -> Answered | None:
    row = Objection.objects.select_related("claim").get(pk=pk)
    at = row.answered_at
    return Answered(pk, "", row.outcome, at, row.claim.region_code) if at else None


def _grievance(pk: int) -> Answered | None:
    # A second look takes the first answer back, and with it the letter.
    row = Grievance.objects.get(pk=pk)
    at = row.decided_at
    return Answered(pk, row.kind, row.state, at, row.region_code) if at else None
