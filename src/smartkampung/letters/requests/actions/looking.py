"""The word of the RT comes otherwise: it is silent, or a paper speaks for it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.letters.requests.actions.ending import reason_of
from smartkampung.letters.requests.actions.handling import had_by
from smartkampung.letters.requests.actions.history import (
    SILENT,
    locked,
    moved,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.refusals import CannotStep, TooLate
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.silence import (
    INTRODUCED,
    bars_to_look,
    is_to_know,
)
from smartkampung.letters.requests.rules.steps import Did, Step, after
from smartkampung.worklist.actions import close_work, open_all_work


def ask_to_look(rows: Iterable[LetterRequest], *, at: datetime) -> None:
    """Make requests whose RT is silent the work of the village, too."""
    open_all_work(
        kind=SILENT,
        targets=[(row, row.region_code) for row in rows],
        permission=Permission.LETTER_CHECK,
        due_at=at,
        urgent=True,
    )


@transaction.atomic
def look(
    *, request: LetterRequest, reason: str, by: Actor, at: datetime
) -> LetterRequest:
    """Say as village office that it is so, and how one knows: the RT let its time pass.

    Whoever looked does not check. Raises NotYours, CannotStep, ReasonMissing.
    """
    row = locked(request)
    require(by, Permission.LETTER_CHECK, row)
    bars = bars_to_look(by, row, at=at)
    if bars:
        raise CannotStep(bars)
    how = reason_of(reason)
    row.confirmed, row.hands = True, had_by(row, by.username)
    moved(row, after(row.steps, Step.CONFIRM), by=by.username, at=at)
    row.save()
    written_down(row, Did.LOOKED, by=by.username, at=at, note=how)
    record("letters.looked", target=row, by=by.username, region_code=row.village_code)
    return row


@transaction.atomic
def know(*, request: LetterRequest, by: Actor, at: datetime) -> LetterRequest:
    """Say as RT that one knows of the paper that speaks in one's name. Raises TooLate."""
    row = locked(request)
    if not is_to_know(by, row):
        raise TooLate(_("This has been read already."))
    close_work(target=row, by=by.username, kinds=(INTRODUCED,))
    record(
        "letters.introduction_known",
        target=row,
        by=by.username,
        region_code=row.village_code,
    )
    return row
