"""A signed letter of a family without a phone is brought by whoever asked for it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.letters.requests.actions.history import locked, written_down
from smartkampung.letters.requests.actions.refusals import TooLate
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.bringing import BRINGS, brings, waits_at_home
from smartkampung.letters.requests.rules.steps import Did
from smartkampung.worklist.actions import close_work, open_work

KIND = "letters.bring"
DUE = timedelta(days=2)


def ask_to_bring(row: LetterRequest, *, at: datetime) -> None:
    """Put it on the list of who asked that nobody can tell the family by a message."""
    if not waits_at_home(row):
        return
    open_work(
        kind=KIND,
        target=row,
        permission=BRINGS[row.channel],
        region_code=row.region_code,
        due_at=at + DUE,
    )


@transaction.atomic
def bring(*, request: LetterRequest, by: Actor, at: datetime) -> LetterRequest:
    """Say that the family has its letter, or knows of it. Raises TooLate."""
    row = locked(request)
    if not brings(by, row):
        raise TooLate(_("This letter need not be brought by you any more."))
    written_down(row, Did.BROUGHT, by=by.username, at=at)
    close_work(target=row, by=by.username, kinds=(KIND,))
    record("letters.brought", target=row, by=by.username, region_code=row.village_code)
    return row
