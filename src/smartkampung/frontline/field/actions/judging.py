"""What becomes of one record: the domain takes it, or a colleague looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import in_stead
from smartkampung.frontline.field import words
from smartkampung.frontline.field.actions.photos import photos_of
from smartkampung.frontline.field.kinds import is_half, kind_of
from smartkampung.frontline.field.kinds.base import BadFields, FieldKind, Sent
from smartkampung.frontline.field.queries.caseload import acting_for
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.envelopes import Envelope
from smartkampung.frontline.field.rules.reading import Question, read
from smartkampung.frontline.field.rules.receipts import Verdict
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names

LARGEST_ID = 2**63 - 1


class CannotBeTaken(Exception):
    """A record that the domain cannot take as it is; ``verdict`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict


@dataclass(frozen=True)
class Doing:
    """Who did the work, when, and which colleague stands for it, if one had to."""

    by: Actor
    staff_id: int
    happened_at: datetime
    at: datetime
    vouched: Actor | None = None
    form_id: Any = None
    # The questions of each kind, once for all records of a sending.
    asked: dict[str, Sequence[Question]] = field(default_factory=dict)

    def questions(self, kind: FieldKind) -> Sequence[Question]:
        """Return what a kind asks of these rights now."""
        if kind.code not in self.asked:
            self.asked[kind.code] = kind.questions(self.rights, at=self.at)
        return self.asked[kind.code]

    @property
    def rights(self) -> Actor:
        """Return whose rights reach the row."""
        return self.vouched or self.by

    def permission(self, kind: FieldKind) -> Permission:
        """Return which right reaches the row: a colleague's is to look at records."""
        if self.vouched is None or kind.health:
            return kind.permission
        return Permission.FIELD_REVIEW


@dataclass(frozen=True)
class _Found:
    """What a record is about, and where that is."""

    kind: FieldKind
    row: Any
    region_code: str


def held(code: str, **more: Any) -> Verdict:
    """Return that a record is kept back, for a reason of ours."""
    return Verdict(State.HELD, code, words.both(words.REASONS[code]), **more)


def review(code: str, **more: Any) -> Verdict:
    """Return that a colleague decides, for a reason of ours."""
    return Verdict(State.REVIEW, code, words.both(words.REASONS[code]), **more)


def judged(envelope: Envelope, doing: Doing) -> Verdict:
    """Let the domain take a record; return what came of it. Never raises Refused.

    But for Busy: nothing is decided then, and the phone sends it again.
    """
    try:
        return done(envelope, doing)
    except CannotBeTaken as cannot:
        return cannot.verdict


def done(envelope: Envelope, doing: Doing) -> Verdict:
    """Let the domain take a record; raise CannotBeTaken when it does not."""
    kind = kind_of(envelope.kind)
    if is_half(envelope.kind):
        raise CannotBeTaken(held(words.HALF))
    if envelope.faults or envelope.body is None:
        faults = {
            fault.value: words.both(words.FAULTS[fault]) for fault in envelope.faults
        }
        raise CannotBeTaken(held(words.UNREADABLE, errors=faults))
    if kind is None:
        raise CannotBeTaken(held(words.UNKNOWN_KIND))
    permission = doing.permission(kind)
    with acting_for(doing.rights, permission):
        answers = read(doing.questions(kind), envelope.body)
        found = _found(kind, envelope, answers.values, doing)
        if answers.wrong:
            errors = {
                name: words.wrong(why, name) for name, why in answers.wrong.items()
            }
            region = found.region_code
            raise CannotBeTaken(held(words.INVALID, errors=errors, region_code=region))
        verdict = _taken(found, envelope, answers.values, doing)
    if answers.struck:
        return replace(verdict, words=words.both(words.STRUCK))
    return verdict


def place_of(envelope: Envelope, actor: Actor, *, at: datetime) -> str:
    """Return where lies what a record is about, if its sender reaches it; else ""."""
    kind = kind_of(envelope.kind)
    if kind is None:
        return ""
    doing = Doing(actor, actor.staff_id, at, at)
    with acting_for(actor, kind.permission):
        try:
            return _found(kind, envelope, envelope.body or {}, doing).region_code
        except CannotBeTaken:
            return ""


def _found(kind: FieldKind, envelope: Envelope, values: Any, doing: Doing) -> _Found:
    """Return the row and its place; what is elsewhere and what is not look the same."""
    actor, permission = doing.rights, doing.permission(kind)
    if kind.new:
        region = _known_place(values.get("region_code"))
        if not region or actor.may_in(permission, region):
            return _Found(kind, None, region)
        raise CannotBeTaken(review(words.NOT_YOURS))
    model, _colon, number = envelope.target.partition(":")
    try:
        if model != kind.model or not number.isdecimal() or int(number) > LARGEST_ID:
            raise Http404
        row = kind.find(actor, permission, int(number))
    except Http404:
        raise CannotBeTaken(review(words.NOT_YOURS)) from None
    return _Found(kind, row, kind.region_of(row))


def _known_place(code: Any) -> str:
    """Return the code of a place that there is: what else is typed tells of nowhere."""
    return code if isinstance(code, str) and code in names([code]) else ""


def _taken(found: _Found, envelope: Envelope, values: Any, doing: Doing) -> Verdict:
    region = found.region_code
    photos = photos_of(
        doing.staff_id,
        envelope.photos,
        envelope.signature,
        region_code=region,
        at=doing.at,
    )
    sent = Sent(
        form_id=doing.form_id or envelope.form_id,
        values=values,
        position=envelope.position,
        photos=photos,
        by=doing.by,
        at=doing.happened_at,
        received_at=doing.at,
        vouched=doing.vouched,
    )
    permission = doing.permission(found.kind)
    try:
        with (
            transaction.atomic(),
            in_stead(partial(doing.rights.instead_of, permission)),
        ):
            result = found.kind.take(found.row, sent)
    except Busy:
        raise
    except Refused as refusal:
        said = words.both(refusal.message)
        verdict = Verdict(State.REVIEW, refusal.code, said, region_code=region)
        raise CannotBeTaken(verdict) from refusal
    except BadFields as bad:
        errors = {name: words.both(said) for name, said in bad.errors.items()}
        verdict = held(words.INVALID, errors=errors, region_code=region)
        raise CannotBeTaken(verdict) from bad
    return Verdict(
        State.DONE, words=words.both(words.DONE), result=result, region_code=region
    )
