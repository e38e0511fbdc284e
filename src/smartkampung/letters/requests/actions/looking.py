"""The word of the RT comes otherwise: it is silent, or a paper speaks for it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.offices import holders_of
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.letters.requests.actions.ending import reason_of
from smartkampung.letters.requests.actions.handling import had_by
from smartkampung.letters.requests.actions.history import (
    SILENT,
    locked,
    moved,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.opening import let_the_rt_know
from smartkampung.letters.requests.actions.refusals import CannotStep, TooLate
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.silence import (
    INTRODUCED,
    barred_from_look,
    bars_to_look,
    is_to_know,
)
from smartkampung.letters.requests.rules.steps import Did, Step, after
from smartkampung.worklist.actions import close_work, open_work


def ask_to_look(rows: Iterable[LetterRequest], *, at: datetime) -> None:
    """Make requests whose RT is silent the work of the village, too."""
    for row in rows:
        open_work(
            kind=SILENT,
            target=row,
            permission=Permission.LETTER_CHECK,
            region_code=row.region_code,
            due_at=at,
            urgent=True,
            not_by=barred_from_look(row),
        )


@transaction.atomic
def look(
    *, request: LetterRequest, reason: str, by: Actor, at: datetime
) -> LetterRequest:
    """Say as village office that it is so, and how one knows: the RT let its time pass.

    Two of the office stand behind it: whose words they are does not look, and where they
    came of nobody there, whoever looked does not check. The RT is told. Raises NotYours,
    CannotStep, ReasonMissing.
    """
    row = locked(request)
    require(by, Permission.LETTER_CHECK, row)
    bars = bars_to_look(by, row, at=at)
    if bars:
        raise CannotStep(bars)
    how = reason_of(reason)
    row.confirmed = True
    if not _had_by_a_colleague(row, at):
        row.hands = had_by(row, by.username)
    moved(row, after(row.steps, Step.CONFIRM), by=by.username, at=at)
    row.save()
    written_down(row, Did.LOOKED, by=by.username, at=at, note=how)
    let_the_rt_know(row, at=at)
    record("letters.looked", target=row, by=by.username, region_code=row.village_code)
    return row


@transaction.atomic
def know(*, request: LetterRequest, by: Actor, at: datetime) -> LetterRequest:
    """Say as RT that one knows of what was said in one's place. Raises TooLate."""
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


def _had_by_a_colleague(row: LetterRequest, at: datetime) -> bool:
    """Say whether words of a letter came by somebody of the village office."""
    office = holders_of(Permission.LETTER_CHECK, row.region_code, on=day(at))
    return any(one.username in row.hands for one in office)
