"""A colleague looks at what was not taken by itself: it counts, or it is set aside."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.audit.actions import record
from smartkampung.frontline.field.actions.judging import CannotBeTaken, Doing, done
from smartkampung.frontline.field.actions.keeping import keep
from smartkampung.frontline.field.actions.photos import lock_photos
from smartkampung.frontline.field.kinds import is_half, kind_of
from smartkampung.frontline.field.models import CORRECTION, Record
from smartkampung.frontline.field.queries.records import corrected
from smartkampung.frontline.field.queries.showing import labels_in
from smartkampung.frontline.field.rules.arriving import DECIDABLE, State
from smartkampung.frontline.field.rules.receipts import Verdict
from smartkampung.frontline.field.words import both
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed


class CannotDecide(Refused):
    """Nothing is to be decided here, or not by this person."""

    code = "cannot_decide"


class CannotCount(Refused):
    """The record cannot be taken as it is, whoever vouches for it."""

    code = "cannot_count"


def let_count(
    *,
    row: Record,
    note: str = "",
    instead: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Let a record count as the work of who did it, when they did it.

    ``instead`` are answers in the place of wrong ones; ``note`` says why they are so.
    Answers that a decision rests on are none of them: who decides would decide about
    their own words. Such a form is set aside, and filled in again by who was there.
    Returns the code to hand to the person, or "". Raises CannotDecide, and CannotCount
    with what stands in the way: then it still waits.
    """
    fresh = to_decide(row, by)
    if instead:
        _must_be_wrong(fresh, instead, note)
        correct(fresh, instead)
    envelope = corrected(fresh)
    # What contradicts another is another act: it cannot bear the same id.
    form_id = envelope.form_id
    if fresh.first_id is not None:
        form_id = uuid.uuid5(form_id, envelope.body_hash)
    doing = Doing(
        by=acting_still(fresh.staff_id, on=at.date()),
        staff_id=fresh.staff_id,
        happened_at=fresh.happened_at,
        at=at,
        vouched=by,
        form_id=form_id,
    )
    try:
        verdict = done(envelope, doing)
    except CannotBeTaken as cannot:
        raise CannotCount(said(cannot.verdict, labels_in(fresh, by, at=at))) from cannot
    if instead:
        words = _("It is recorded. A colleague corrected an answer: %(note)s")
        verdict = replace(verdict, words=both(lambda: words % {"note": note}))
    decide(fresh, verdict, note=note, by=by, at=at, names=instead or ())
    return verdict.result


def _must_be_wrong(row: Record, instead: Mapping[str, Any], note: str) -> None:
    """Let nobody change what could be taken as it came, or what is decided about."""
    if not note.strip():
        raise CannotDecide(_("Write how you know the right answer."))
    if not set(instead) <= set(row.errors):
        raise CannotDecide(_("Only an answer that cannot be taken is corrected."))
    kind = kind_of(row.kind)
    if kind is None or not set(instead) <= kind.correctable:
        raise CannotDecide(
            _(
                "A decision rests on this answer, so it is not yours to write. Set the"
                " form aside, and say what is to be filled in again."
            )
        )


def set_aside(*, row: Record, note: str, by: Actor, at: datetime) -> None:
    """Say that a record does not count, and why; it stays as it came."""
    fresh = to_decide(row, by)
    if not note.strip():
        raise CannotDecide(_("Write why it does not count."))
    words = _("A colleague looked at it and set it aside: %(note)s")
    told = both(lambda: words % {"note": note})
    verdict = Verdict(State.SET_ASIDE, "set_aside", told)
    decide(fresh, verdict, note=note, by=by, at=at)
    kind, number = kind_of(fresh.kind), fresh.target.rpartition(":")[2]
    # Of what contradicts another, that other stands; half a form was no visit.
    if kind and number and fresh.first_id is None and not is_half(fresh.kind):
        kind.ask_again(
            int(number), inside=fresh.region_code, since=fresh.happened_at, at=at
        )


def set_aside_all(*, rows: Iterable[Record], note: str, by: Actor, at: datetime) -> int:
    """Set several records aside for one reason, all or none; return how many."""
    count = 0
    for row in rows:
        set_aside(row=row, note=note, by=by, at=at)
        count += 1
    return count


def to_decide(row: Record, by: Actor) -> Record:
    """Return a record as it is now, locked; raise CannotDecide if it is not theirs."""
    lock_photos(row.staff_id)
    with as_job():
        fresh = Record.objects.select_for_update(no_key=True).get(pk=row.pk)
    if fresh.state not in DECIDABLE:
        raise CannotDecide(_("Somebody decided about this a moment ago."))
    if fresh.staff_id == by.staff_id:
        raise CannotDecide(
            _("You filled this in yourself, so somebody else must decide.")
        )
    return fresh


def correct(row: Record, instead: Mapping[str, Any]) -> None:
    """Put answers in the place of wrong ones; what came stays as it came."""
    before = json.loads(row.corrections.open()) if row.corrections else {}
    row.corrections = Sealed.of(json.dumps({**before, **instead}), CORRECTION)


def decide(
    row: Record,
    verdict: Verdict,
    *,
    note: str,
    by: Actor,
    at: datetime,
    names: Iterable[str] = (),
) -> None:
    """Write a decision down; ``names`` are the answers that were corrected."""
    row.decided_by_id, row.decided_at, row.note = by.staff_id, at, note
    keep(row, verdict, by=by.username, at=at, through="review")
    record(
        "field.record_decided",
        target=row,
        by=by.username,
        region_code=row.region_code,
        state=row.state,
        **({"corrected": sorted(names)} if names else {}),
    )


def said(verdict: Verdict, labels: Mapping[str, str]) -> str:
    """Return why a record cannot be taken, in the language of who decides."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    wrong = [
        f"{labels[name]}: {words[language]}" if name in labels else words[language]
        for name, words in verdict.errors.items()
    ]
    return " ".join([verdict.words.get(language, ""), *wrong]).strip()
