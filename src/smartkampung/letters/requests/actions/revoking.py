"""Revoke a letter, or write a new one in its place."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.actions.ending import SHORTEST_REASON
from smartkampung.letters.requests.actions.handling import held
from smartkampung.letters.requests.actions.history import (
    await_step,
    require,
    written_down,
)
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    ReasonMissing,
    TooLate,
)
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.models.requests import CODE
from smartkampung.letters.requests.queries.requests import CASE_KIND
from smartkampung.letters.requests.queries.villages import clock_of, rule_of
from smartkampung.letters.requests.rules.steps import Did, State

LONGEST_REASON = 300


@transaction.atomic
def revoke(*, letter: Letter, reason: str, by: Actor, at: datetime) -> Letter:
    """Say that a letter holds no longer; the page that proves it says so at once.

    Raises NotYours, TooLate, ReasonMissing.
    """
    row = _standing(letter, by)
    row.revoked_at, row.revoked_by = at, by.username
    row.revoked_why = _reason(reason)
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    request = row.request
    written_down(request, Did.REVOKED, by=by.username, at=at, note=row.revoked_why)
    record(
        "letters.revoked",
        target=row,
        by=by.username,
        region_code=row.village_code,
        number=row.entry.text,
    )
    return row


def replace(*, letter: Letter, reason: str, by: Actor, at: datetime) -> LetterRequest:
    """Begin a new letter in place of one; the old one ends when the new is issued.

    It begins at the check, with what the registry says by then. Raises NotYours,
    ReasonMissing, NotOffered, AskedAlready.
    """
    busy = AskedAlready(
        _("A letter of this kind for this person is being made. Finish that first.")
    )
    with atomic_or_refuse(
        {"letter_request_one_open": busy, "letter_request_replaces_once": busy}
    ):
        return _begin_anew(_of(letter, by), _reason(reason), by, at)


def _begin_anew(letter: Letter, reason: str, by: Actor, at: datetime) -> LetterRequest:
    old = letter.request
    wording = held(old, at)
    due = clock_of(old.village_code, at).due(at)
    code = open_case(
        kind=CASE_KIND,
        region_code=old.region_code,
        first_step="received",
        due_on=day(due),
        at=at,
    )
    row = LetterRequest.objects.create(
        kind=old.kind,
        wording_version=wording.version_id,
        wording_digest=wording.digest,
        village_code=old.village_code,
        region_code=old.region_code,
        family=old.family,
        applicant=old.applicant,
        subject=old.subject,
        answers=old.answers,
        channel=old.channel,
        asked_by=by.username,
        language=old.language,
        steps=list(rule_of(old.village_code).steps_of(wording)),
        state=State.CHECK,
        code_hash=code_hash(code),
        code=Sealed.of(code, CODE),
        form_id=uuid.uuid4(),
        asked_at=at,
        step_since=at,
        clock_from=at,
        due_at=due,
        replaces=letter,
    )
    written_down(row, Did.ASKED, by=by.username, at=at, note=reason)
    await_step(row)
    record(
        "letters.replacement_begun",
        target=row,
        by=by.username,
        region_code=row.village_code,
        letter=letter.pk,
    )
    return row


def _of(letter: Letter, by: Actor) -> Letter:
    """Return an issued letter, locked; raise NotYours."""
    rows = Letter.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("request__applicant__family", "entry").get(pk=letter.pk)
    require(by, Permission.LETTER_REVOKE, row.request)
    return row


def _standing(letter: Letter, by: Actor) -> Letter:
    row = _of(letter, by)
    if row.issued_at is None or row.revoked_at is not None:
        raise TooLate(_("This letter holds no longer; nothing is left to revoke."))
    return row


def _reason(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST_REASON:
        raise ReasonMissing(_("Write in a sentence why. Whoever was given it may ask."))
    return words[:LONGEST_REASON]
