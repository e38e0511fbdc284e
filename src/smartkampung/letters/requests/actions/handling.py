"""What staff do until a letter can be signed: confirm, check, look a second time."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked, record
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.asking import checked
from smartkampung.letters.requests.actions.history import (
    MAY,
    locked,
    moved,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    NotOffered,
    TooLate,
)
from smartkampung.letters.requests.models import LetterRead, LetterRequest
from smartkampung.letters.requests.models.requests import ANSWERS, FACTS
from smartkampung.letters.requests.queries.facts import facts_of, hash_of
from smartkampung.letters.requests.rules.steps import (
    BEFORE_SIGNATURE,
    DONE,
    Did,
    Standing,
    State,
    Step,
    after,
    bars_to,
)

UNTOUCHED = (State.CONFIRM, State.CHECK, State.RETURNED)


def standing_of(row: LetterRequest) -> Standing:
    """Return what the rules of steps look at."""
    return Standing(
        row.state, tuple(row.steps), row.checked_by, row.reviewed_by, row.signed_by
    )


@transaction.atomic
def confirm(
    *, request: LetterRequest, by: Actor, at: datetime, note: str = ""
) -> LetterRequest:
    """Say as RT that it is so. Raises NotYours, CannotStep."""
    row = _at_step(request, Step.CONFIRM, by)
    return _done(row, Step.CONFIRM, by, at, note)


@transaction.atomic
def check(
    *, request: LetterRequest, by: Actor, at: datetime, note: str = ""
) -> LetterRequest:
    """Compare with the registry, and keep what it says until the signature.

    Raises NotYours, CannotStep, NotOffered.
    """
    row = _at_step(request, Step.CHECK, by)
    wording = held(row, at)
    facts = facts_of(row, wording, at=at)
    row.wording_version, row.wording_digest = wording.version_id, wording.digest
    row.facts = Sealed.of(json.dumps(facts, ensure_ascii=False), FACTS)
    row.facts_hash = hash_of(facts)
    row.checked_by, row.version = by.username, row.version + 1
    looked(
        person_ids={row.subject_id, row.applicant_id},
        by=by.username,
        role=by.role_for(Permission.LETTER_CHECK),
        purpose="letters.check",
    )
    return _done(row, Step.CHECK, by, at, note)


@transaction.atomic
def review(
    *, request: LetterRequest, by: Actor, at: datetime, note: str = ""
) -> LetterRequest:
    """Look a second time, as somebody else of the office. Raises NotYours, CannotStep."""
    row = _at_step(request, Step.REVIEW, by)
    row.reviewed_by = by.username
    return _done(row, Step.REVIEW, by, at, note)


@transaction.atomic
def amend(
    *,
    request: LetterRequest,
    purpose: str,
    answers: Mapping[str, Fact],
    by: Actor,
    at: datetime,
) -> LetterRequest:
    """Correct what was answered; a letter that was checked goes back to the check.

    Raises NotYours, TooLate, WrongAnswers.
    """
    row = locked(request)
    require(by, Permission.LETTER_CHECK, row)
    if row.state not in BEFORE_SIGNATURE:
        raise TooLate(_("This letter was signed or has ended. It stays as it is."))
    wording = held(row, at)
    told = checked(wording, row.applicant, purpose, answers, on=day(at))
    if told.sealed_text() == row.answers.open():
        return row
    row.answers = Sealed.of(told.sealed_text(), ANSWERS)
    row.version += 1
    written_down(row, Did.AMENDED, by=by.username, at=at)
    if row.state not in UNTOUCHED:
        restart(row, by=by.username, at=at, changed=["asked"])
    row.save()
    record("letters.amended", target=row, by=by.username, region_code=row.village_code)
    return row


def restart(row: LetterRequest, *, by: str, at: datetime, changed: list[str]) -> None:
    """Send a locked request back to the check; whoever calls saves it."""
    row.checked_by = row.reviewed_by = ""
    row.facts = row.facts_hash = None
    row.version += 1
    moved(row, State.CHECK, by=by, at=at)
    written_down(row, Did.RESTARTED, by=by, at=at, changed=changed)
    record(
        "letters.restarted",
        target=row,
        by=by,
        region_code=row.village_code,
        changed=changed,
    )


@transaction.atomic
def note_read(*, request: LetterRequest, by: Actor, at: datetime) -> None:
    """Write down that an officer opened what the letter says, as it now stands."""
    LetterRead.objects.get_or_create(
        request=request,
        version=request.version,
        by=by.username,
        defaults={"at": at},
    )


def held(row: LetterRequest, at: datetime) -> Wording:
    """Return by which words the letter is written today; raise NotOffered."""
    wording = wording_for(row.kind, row.village_code, day(at))
    if wording is None:
        raise NotOffered(
            _("The village no longer writes this letter. Refuse it and say what helps.")
        )
    return wording


def _at_step(request: LetterRequest, step: Step, by: Actor) -> LetterRequest:
    row = locked(request)
    require(by, MAY[step], row)
    bars = bars_to(step, standing_of(row), who=by.username)
    if bars:
        raise CannotStep(bars)
    return row


def _done(
    row: LetterRequest, step: Step, by: Actor, at: datetime, note: str
) -> LetterRequest:
    moved(row, after(row.steps, step), by=by.username, at=at)
    row.save()
    written_down(row, DONE[step], by=by.username, at=at, note=note)
    name = f"letters.{DONE[step].value}"
    record(name, target=row, by=by.username, region_code=row.village_code)
    return row
