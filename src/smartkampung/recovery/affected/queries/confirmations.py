"""What a code opens to an employer or association."""

from datetime import datetime

from smartkampung.intake.rules import read_code
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index, blind_indexes
from smartkampung.recovery.affected.models import Confirmation

PURPOSE = "affected_confirmation"


def hash_of(code: str) -> bytes:
    """Return the keyed hash under which the code of a question is kept."""
    return blind_index(code, PURPOSE)


def confirmation_by_code(typed: str, *, at: datetime) -> Confirmation | None:
    """Return the question that a code opens, to the public; an answered one as well.

    None once its time is over: it names somebody.
    """
    code = read_code(typed)
    if code is None:
        return None
    for known in blind_indexes(code, PURPOSE):  # whichever key was in use then
        act_as(Kind.PUBLIC, tracking=known)
        row = Confirmation.objects.filter(code_hash=known, expires_at__gt=at).first()
        if row is not None:
            return row
    return None
