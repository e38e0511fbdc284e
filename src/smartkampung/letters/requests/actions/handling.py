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
from smartkampung.kernel.language import either
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.about import still_about
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
    WrongAnswers,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.models.requests import ANSWERS, FACTS
from smartkampung.letters.requests.queries.facts import facts_of, told_in
from smartkampung.letters.requests.queries.requests import bars_for
from smartkampung.letters.requests.queries.villages import rule_of
from smartkampung.letters.requests.rules.steps import (
    BEFORE_SIGNATURE,
    DONE,
    Did,
    State,
    Step,
    after,
    begins,
)

STEPS = "steps"


@transaction.atomic
def confirm(
    *, request: LetterRequest, by: Actor, at: datetime, note: str = ""
) -> LetterRequest:
    """Say as RT that it is so. Raises NotYours, CannotStep."""
    row = _at_step(request, Step.CONFIRM, by)
    row.confirmed, row.hands = True, had_by(row, by.username)
    return _done(row, Step.CONFIRM, by, at, note)


@transaction.atomic
def check(
    *, request: LetterRequest, by: Actor, at: datetime, note: str = ""
) -> LetterRequest:
    """Compare with the registry, and keep what it says until the signature.

    Where the village asks for the word of the RT meanwhile, it goes there instead. What
    the RT said covers the answers, so it is not asked again for other words around them;
    but the answers have to fit these. Raises NotYours, CannotStep, NotOffered, NotAbout,
    WrongAnswers.
    """
    row = _at_step(request, Step.CHECK, by)
    wording = held(row, at)
    row.steps = list(rule_of(row.village_code).steps_of(wording))
    if begins(row.steps, confirmed=row.confirmed) != State.CHECK:
        restart(row, by=by.username, at=at, changed=[STEPS])
        row.save()
        return row
    still_about(row, wording, at)
    _still_answered(row, wording, at)
    facts = facts_of(row, wording, at=at)
    row.wording_version, row.wording_digest = wording.version_id, wording.digest
    row.facts = Sealed.of(json.dumps(facts, ensure_ascii=False), FACTS)
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
    """Correct what was answered; then the RT is asked anew, and others check it.

    Raises NotYours, TooLate, WrongAnswers.
    """
    row = locked(request)
    require(by, Permission.LETTER_CHECK, row)
    if row.state not in BEFORE_SIGNATURE:
        raise TooLate(_("This letter was signed or has ended. It stays as it is."))
    wording = held(row, at)
    before = told_in(row)
    told = checked(wording, row.subject, purpose, answers, on=day(at), before=before)
    if told.sealed_text() == row.answers.open():
        return row
    row.answers = Sealed.of(told.sealed_text(), ANSWERS)
    row.version += 1
    row.confirmed, row.hands = False, had_by(row, by.username)
    written_down(row, Did.AMENDED, by=by.username, at=at)
    # What waits for the family or for its first step stays where it is.
    if row.state not in (State.RETURNED, begins(row.steps, confirmed=False)):
        restart(row, by=by.username, at=at, changed=["asked"])
    row.save()
    record("letters.amended", target=row, by=by.username, region_code=row.village_code)
    return row


def restart(row: LetterRequest, *, by: str, at: datetime, changed: list[str]) -> None:
    """Let a locked request begin its steps again, as they now are; the caller saves.

    What the RT said is not asked again while it says the same.
    """
    wording = wording_for(row.kind, row.village_code, day(at))
    if wording is not None:
        row.steps = list(rule_of(row.village_code).steps_of(wording))
    row.checked_by = row.reviewed_by = ""
    row.facts = None
    row.version += 1
    moved(row, begins(row.steps, confirmed=row.confirmed), by=by, at=at)
    written_down(row, Did.RESTARTED, by=by, at=at, changed=changed)
    record(
        "letters.restarted",
        target=row,
        by=by,
        region_code=row.village_code,
        changed=changed,
    )


def held(row: LetterRequest, at: datetime) -> Wording:
    """Return by which words the letter is written today; raise NotOffered."""
    wording = wording_for(row.kind, row.village_code, day(at))
    if wording is None:
        raise NotOffered(
            _("The village no longer writes this letter. Refuse it and say what helps.")
        )
    return wording


def _still_answered(row: LetterRequest, wording: Wording, at: datetime) -> None:
    """Raise WrongAnswers, by question, where a wording asks more than was answered."""
    told = told_in(row)
    try:
        checked(wording, row.subject, told.purpose, told.asked, on=day(at), before=told)
    except WrongAnswers as wrong:
        asked = {one.name: one.label for one in wording.kind.asked}
        raise WrongAnswers(
            {
                name: f"{either(asked[name].id, asked[name].en)}: {words}"
                if name in asked
                else words
                for name, words in wrong.fields.items()
            }
        ) from wrong


def had_by(row: LetterRequest, by: str) -> list[str]:
    """Return by whose hands a request went, with one more."""
    return list(dict.fromkeys([*row.hands, by]))


def _at_step(request: LetterRequest, step: Step, by: Actor) -> LetterRequest:
    row = locked(request)
    require(by, MAY[step], row)
    bars = bars_for(by, row, step)
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
