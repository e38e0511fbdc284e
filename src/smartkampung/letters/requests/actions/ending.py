"""Give a request back, take it on, refuse it, take it away."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.requests.actions.asking import checked
from smartkampung.letters.requests.actions.handling import had_by, held
from smartkampung.letters.requests.actions.history import (
    MAY,
    locked,
    moved,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.numbers import give_up, in_the_book
from smartkampung.letters.requests.actions.opening import Files, keep_files
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NothingHandedIn,
    NotYours,
    ReasonMissing,
    TooLate,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.models.requests import ANSWERS
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.queries.requests import of_family
from smartkampung.letters.requests.queries.villages import clock_of
from smartkampung.letters.requests.rules.steps import (
    BEFORE_SIGNATURE,
    WAITING,
    Bar,
    Did,
    State,
    Step,
    begins,
)
from smartkampung.residents.subject import FAMILY, Subject

SHORTEST_REASON = 5
LONGEST_REASON = 500
MAY_ASK = Permission.LETTER_ASK


@transaction.atomic
def return_for_completion(
    *, request: LetterRequest, what: str, by: Actor, at: datetime
) -> LetterRequest:
    """Give a request back to the family: something is missing. The clock stops.

    Raises NotYours, CannotStep, ReasonMissing.
    """
    row = _in_hand(request, by)
    reason = reason_of(what)
    _forget_check(row)
    give_up(row, by=by.username, why=in_the_book(_("given back to the family")), at=at)
    moved(row, State.RETURNED, by=by.username, at=at)
    row.save()
    written_down(row, Did.RETURNED, by=by.username, at=at, note=reason)
    record("letters.returned", target=row, by=by.username, region_code=row.village_code)
    return row


@transaction.atomic
def complete(
    *,
    request: LetterRequest,
    by: Actor | Subject,
    at: datetime,
    purpose: str = "",
    answers: Mapping[str, Fact] | None = None,
    files: Files | None = None,
    answer: str = "",
) -> LetterRequest:
    """Hand in what was missing; fifteen minutes begin anew.

    Answers left out stay; ``answer`` says in words what was asked for. A family is told
    of what others hand in for it. To hand in nothing is refused. Raises
    NotYours, TooLate, WrongAnswers, NothingHandedIn.
    """
    row = locked(request)
    who = _family_or_asker(row, by, at)
    if row.state != State.RETURNED:
        raise TooLate(_("Nothing is missing any more. Look where the letter is."))
    changed = bool(files or answer.strip())
    if answers is not None:
        wording, before = held(row, at), told_in(row)
        told = checked(
            wording, row.subject, purpose, answers, on=day(at), before=before
        )
        if told.sealed_text() != row.answers.open():
            # The RT said so about other words.
            row.confirmed, row.answers = False, Sealed.of(told.sealed_text(), ANSWERS)
            changed = True
    if not changed:
        raise NothingHandedIn(
            _(
                "Nothing has changed yet. Write an answer to the office, or add the photo."
            )
        )
    # Whoever of staff hands something in does not check it.
    if who != FAMILY:
        row.hands = had_by(row, who)
    keep_files(row, files or {}, by=who, at=at)
    row.version += 1
    row.clock_from, row.due_at = at, clock_of(row.village_code, at).due(at)
    moved(row, begins(row.steps, confirmed=row.confirmed), by=who, at=at)
    row.save()
    note = answer[:LONGEST_REASON]
    written_down(row, Did.COMPLETED, by=who, at=at, note=note)
    record("letters.completed", target=row, by=who, region_code=row.village_code)
    return row


@transaction.atomic
def refuse(
    *, request: LetterRequest, reason: str, by: Actor, at: datetime
) -> LetterRequest:
    """Refuse a request in words that the family reads.

    Raises NotYours, CannotStep, ReasonMissing.
    """
    row = _in_hand(request, by)
    words = reason_of(reason)
    _forget_check(row)
    give_up(row, by=by.username, why=in_the_book(_("refused")), at=at)
    moved(row, State.REFUSED, by=by.username, at=at)
    row.save()
    written_down(row, Did.REFUSED, by=by.username, at=at, note=words)
    record("letters.refused", target=row, by=by.username, region_code=row.village_code)
    return row


@transaction.atomic
def cancel(
    *, request: LetterRequest, by: Actor | Subject, at: datetime
) -> LetterRequest:
    """Take a wish back before it is signed; twice is once. Raises NotYours, TooLate."""
    row = locked(request)
    who = _family_or_asker(row, by, at)
    if row.state == State.CANCELLED:
        return row
    if row.state not in BEFORE_SIGNATURE:
        raise TooLate(
            _(
                "This letter is signed or has ended. Ask the village office to revoke it."
            )
        )
    _forget_check(row)
    moved(row, State.CANCELLED, by=who, at=at)
    row.save()
    written_down(row, Did.CANCELLED, by=who, at=at)
    record("letters.cancelled", target=row, by=who, region_code=row.village_code)
    return row


def _in_hand(request: LetterRequest, by: Actor) -> LetterRequest:
    """Return a request that waits for the office of whoever acts."""
    row = locked(request)
    if row.state not in WAITING:
        raise CannotStep([Bar.NOT_AT_THIS_STEP])
    permission = MAY[Step(row.state)]
    if row.state == State.SIGN and not by.may_in(permission, row.region_code):
        # Whoever checks for the head may also give back what lies there.
        permission = MAY[Step.CHECK]
    require(by, permission, row)
    return row


def _forget_check(row: LetterRequest) -> None:
    row.checked_by = row.reviewed_by = row.signed_by = ""
    row.facts = None


def _family_or_asker(row: LetterRequest, by: Actor | Subject, at: datetime) -> str:
    """Return who acts for the family: itself, or an office that asks for letters."""
    if isinstance(by, Subject):
        if not of_family(by, on=day(at)).filter(pk=row.pk).exists():
            raise NotYours(_("This letter is of another family, or of another adult."))
        return FAMILY
    if not by.may_in(MAY_ASK, row.region_code):
        raise NotYours(_("Choose somebody who lives where you may ask for letters."))
    return by.username


def reason_of(words: str) -> str:
    """Return a reason that somebody reads; raise ReasonMissing where there is none."""
    words = words.strip()
    if len(words) < SHORTEST_REASON:
        raise ReasonMissing(_("Write in a sentence what is missing or why not."))
    return words[:LONGEST_REASON]
