"""Revoke a letter, or write a new one in its place."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.letters.requests.actions.about import still_about
from smartkampung.letters.requests.actions.ending import SHORTEST_REASON
from smartkampung.letters.requests.actions.handling import held
from smartkampung.letters.requests.actions.history import require, written_down
from smartkampung.letters.requests.actions.opening import Opening, open_request
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    ReasonMissing,
    TooLate,
)
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.rules.steps import CONFIRMATIONS, Channel, Did

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

    It takes all steps again, with what the registry says by then; only the word of the
    RT about the same answers still holds. The family gets its code. Raises NotYours,
    TooLate, ReasonMissing, NotOffered, NotAbout, AskedAlready.
    """
    busy = AskedAlready(
        _("A letter of this kind for this person is being made. Finish that first.")
    )
    with atomic_or_refuse(
        {"letter_request_one_open": busy, "letter_request_replaces_once": busy}
    ):
        return _begin_anew(_standing(letter, by), _reason(reason), by, at)


def _begin_anew(letter: Letter, reason: str, by: Actor, at: datetime) -> LetterRequest:
    old = letter.request
    wording = held(old, at)
    still_about(old, wording, at)
    new = Opening(
        applicant=old.applicant,
        subject=old.subject,
        wording=wording,
        told=old.answers.open(),
        channel=Channel(old.channel),
        by=by.username,
        officer=by.username,
        word=_word_of(old),
        language=old.language,
        form_id=uuid.uuid4(),
        note=str(_("confirmed for the letter that is replaced")),
        why=reason,
        replaces=letter,
        kinship=str(old.kinship.open()) if old.kinship else "",
    )
    row, _code = open_request(new, at=at)
    record(
        "letters.replacement_begun",
        target=row,
        by=by.username,
        region_code=row.village_code,
        letter=letter.pk,
    )
    return row


def _word_of(old: LetterRequest) -> Did | None:
    """Return how the RT said so about the same answers, where it did."""
    if not old.confirmed:
        return None
    said = old.history.filter(did__in=CONFIRMATIONS).order_by("at", "pk").last()
    return Did(said.did) if said else Did.CONFIRMED


def _standing(letter: Letter, by: Actor) -> Letter:
    """Return a letter that holds, locked; raise NotYours, TooLate."""
    rows = Letter.objects.select_for_update(no_key=True, of=("self",))
    rows = rows.select_related("request__applicant__family", "request__subject")
    row = rows.select_related("entry").get(pk=letter.pk)
    require(by, Permission.LETTER_REVOKE, row.request)
    if row.issued_at is None or row.revoked_at is not None:
        raise TooLate(_("This letter holds no longer; nothing is left to do about it."))
    return row


def _reason(words: str) -> str:
    words = words.strip()
    if len(words) < SHORTEST_REASON:
        raise ReasonMissing(_("Write in a sentence why. Whoever was given it may ask."))
    return words[:LONGEST_REASON]
